/** One diagram over time. */
export interface Panel {
  readonly title: string
  readonly format: (value: number) => string
  readonly lines: readonly PanelLine[]
}

export interface PanelLine {
  readonly name: string
  /** A value that is not finite leaves a gap. */
  readonly points: readonly { readonly atS: number; readonly value: number }[]
  /** Shown in the colour of warnings. */
  readonly warns?: boolean
}

export const panelHeight = 128
const [left, right, above, below] = [76, 14, 24, 20]

/** Draws a panel as SVG, from zero to its greatest value. */
export function panel(
  { title, format, lines }: Panel,
  place: { readonly top: number; readonly width: number; readonly seconds: number },
): string {
  const values = lines.flatMap(({ points }) => points.map(({ value }) => value))
  const most = Math.max(0, ...values.filter((value) => Number.isFinite(value))) || 1
  const bottom = place.top + panelHeight - below
  const tall = panelHeight - above - below
  const wide = place.width - left - right
  const x = (atS: number): string => (left + (atS / place.seconds) * wide).toFixed(1)
  const y = (value: number): string => (bottom - (value / most) * tall).toFixed(1)
  const grid = [0, 0.5, 1].map((share) => {
    const at = y(share * most)
    return `<line class="grid" x1="${left}" x2="${left + wide}" y1="${at}" y2="${at}"/>
<text x="${left - 6}" y="${Number(at) + 4}" text-anchor="end">${format(share * most)}</text>`
  })
  const ticks = [0, 0.25, 0.5, 0.75, 1].map((share) => {
    const atS = share * place.seconds
    return `<text x="${x(atS)}" y="${bottom + 14}" text-anchor="middle">${Number(atS.toFixed(1))} s</text>`
  })
  const drawn = lines.map((line, index) => {
    const look = line.warns ? 'warns' : `c${index % 4}`
    const label = `<text class="${look}" x="${left + 130 + index * 110}" y="${place.top + 14}">${line.name}</text>`
    return `${label}<path class="line ${look}" d="${pathOf(line, x, y)}"/>`
  })
  return `<g><text x="${left}" y="${place.top + 14}">${title}</text>
${grid.join('\n')}${ticks.join('')}${drawn.join('\n')}</g>`
}

function pathOf(
  { points }: PanelLine,
  x: (atS: number) => string,
  y: (value: number) => string,
): string {
  let drawing = false
  const steps: string[] = []
  for (const { atS, value } of points) {
    if (Number.isFinite(value)) steps.push(`${drawing ? 'L' : 'M'}${x(atS)} ${y(value)}`)
    drawing = Number.isFinite(value)
  }
  return steps.join('')
}
