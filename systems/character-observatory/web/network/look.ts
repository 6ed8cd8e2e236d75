import { energyTone } from '../character/energy-bar.tsx'

/** The colours of the graph, from the tokens of the page. */
export interface Palette {
  readonly text: string
  readonly surface: string
  readonly node: string
  readonly good: string
  readonly warn: string
  readonly bad: string
  readonly plain: string
}

/**
 * Reads the colours that hold now. WebGL takes red, green and blue only, so that the browser is
 * asked what each of them comes to.
 */
export function readPalette(element: Element): Palette {
  const probe = document.createElement('span')
  element.append(probe)
  const read = (token: string): string => {
    probe.style.color = `var(--${token})`
    return getComputedStyle(probe).color
  }
  const palette = {
    text: read('text'),
    surface: read('surface'),
    node: read('info-fill'),
    good: read('good-fill'),
    warn: read('warn-fill'),
    bad: read('bad-fill'),
    plain: read('line-strong'),
  }
  probe.remove()
  return palette
}

/** The width of a link by its strength, warm or cold. */
export function widthOf(strength: number): number {
  return 0.6 + Math.abs(strength) * 4.5
}

const sizeMax = 15
const sizeMin = 4
/** So many have room at their largest; of more, all together take as much of the screen. */
const roomyMax = 40

/** The size of a node by its energy, where there are so many of them. */
export function sizeOf(energy: number, count: number): number {
  const most = Math.max(sizeMin, sizeMax * Math.min(1, Math.sqrt(roomyMax / count)))
  return most * (0.45 + 0.55 * energy)
}

/** The ring of a node by its energy. */
export function ringOf(energy: number, palette: Palette): string {
  return palette[energyTone(energy)]
}

const distrustBelow = 0.3

/**
 * The colour of a link: of what is warm or cold by the sign of its strength; where there is no
 * trust it is faint.
 */
export function linkColour(strength: number, trust: number, palette: Palette): string {
  const colour = strength > 0.02 ? palette.good : strength < -0.02 ? palette.bad : palette.plain
  return withAlpha(colour, trust < distrustBelow ? 0.25 : 0.75)
}

/** `rgb(1, 2, 3)` or `color(srgb …)` as `rgba(1, 2, 3, alpha)`. */
function withAlpha(colour: string, alpha: number): string {
  const [red, green, blue] = colour.match(/[\d.]+/g) ?? ['128', '128', '128']
  return `rgba(${red}, ${green}, ${blue}, ${alpha})`
}
