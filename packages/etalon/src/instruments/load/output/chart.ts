import { formatQuantity } from '../../../kernel/units.ts'
import { outcome } from '../recording/book.ts'
import type { LoadRun } from '../result/load-run.ts'
import { panel, panelHeight, type Panel } from './panel.ts'

const width = 760
const titleHeight = 26

/**
 * A run over time as a picture: answers and failures a second, latency percentiles, and below them
 * on the same time line what the probes saw of event loops, processors and memory.
 */
export function chartOf(run: LoadRun, title: string): string {
  const panels = [ratePanel(run), latencyPanel(run), ...resourcePanels(run)]
  const height = titleHeight + panels.length * panelHeight
  const seconds = run.seconds.length
  const drawn = panels.map((part, index) =>
    panel(part, { top: titleHeight + index * panelHeight, width, seconds }),
  )
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img"
 aria-label="${escaped(title)}"><title>${escaped(title)}</title><style>${style}</style>
<rect class="ground" width="${width}" height="${height}"/>
<text class="title" x="12" y="18">${escaped(title)}</text>
${drawn.join('\n')}</svg>
`
}

function ratePanel({ seconds }: LoadRun): Panel {
  const failures = seconds.map(({ outcomes }) =>
    outcomes.reduce((sum, count, code) => (code === outcome.ok ? sum : sum + count), 0),
  )
  return {
    title: 'a second',
    format: (value) => formatQuantity(value, 'count'),
    lines: [
      { name: 'answers', points: points(seconds.map(({ answered }) => answered)) },
      { name: 'failures', points: points(failures), warns: true },
    ],
  }
}

function latencyPanel({ latency, service }: LoadRun): Panel {
  const line = (name: string, of: typeof latency, p: number): Panel['lines'][number] => ({
    name,
    points: points(of.bySecond(p).map(({ latencyMs }) => latencyMs)),
  })
  return {
    title: 'latency from due',
    format: (value) => formatQuantity(value, 'ms'),
    lines: [
      line('P50', latency, 0.5),
      line('P95', latency, 0.95),
      line('P99', latency, 0.99),
      line('P99 from sent', service, 0.99),
    ],
  }
}

function resourcePanels({ resources }: LoadRun): Panel[] {
  const names = [...new Set(resources.map(({ name }) => name))]
  const linesOf = (figure: string): Panel['lines'] =>
    names
      .map((name) => ({
        name,
        points: resources
          .filter((sample) => sample.name === name && figure in sample.reading)
          .map(({ atMs, reading }) => ({ atS: atMs / 1_000, value: reading[figure] as number })),
      }))
      .filter(({ points }) => points.length > 0)
  const panels: Panel[] = [
    {
      title: 'event loop late by',
      format: (value) => formatQuantity(value, 'ms'),
      lines: linesOf('loopDelayMsMax'),
    },
    {
      title: 'processors',
      format: (value) => formatQuantity(value, 'share'),
      lines: linesOf('cpuShare'),
    },
    {
      title: 'memory',
      format: (value) => formatQuantity(value, 'bytes'),
      lines: [...linesOf('residentBytes'), ...linesOf('memoryBytes')],
    },
  ]
  return panels.filter(({ lines }) => lines.length > 0)
}

function points(values: readonly number[]): { atS: number; value: number }[] {
  return values.map((value, second) => ({ atS: second + 0.5, value }))
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
}

const style = `
text{font:11px system-ui,sans-serif;fill:#444}.title{font-size:13px;font-weight:600;fill:#111}
.ground{fill:#fff}.grid{stroke:#e4e4e4}.line{fill:none;stroke-width:1.5}
.c0{stroke:#1f6feb}.c1{stroke:#8250df}.c2{stroke:#bf5b00}.c3{stroke:#57606a;stroke-dasharray:4 3}
.warns{stroke:#cf222e}text.c0{fill:#1f6feb}text.c1{fill:#8250df}text.c2{fill:#bf5b00}
text.c3{fill:#57606a}text.warns{fill:#cf222e}text.c0,text.c1,text.c2,text.c3,text.warns{stroke:none}
@media (prefers-color-scheme:dark){text{fill:#b8b8b8}.title{fill:#f0f0f0}.ground{fill:#161616}
.grid{stroke:#333}.c0{stroke:#6ea8fe}text.c0{fill:#6ea8fe}.c1{stroke:#b794f6}text.c1{fill:#b794f6}
.c2{stroke:#f0a050}text.c2{fill:#f0a050}.c3{stroke:#9aa4ae}text.c3{fill:#9aa4ae}
.warns{stroke:#ff7b72}text.warns{fill:#ff7b72}}`
