import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { renderHtml } from './html.ts'
import { licenceFiles, licenceRun } from './testing/licence-run.ts'
import { defect, outcome, proof, requirement, sampleRun } from './testing/sample-run.ts'
import { scratchDirectory } from './testing/scratch-directory.ts'

const render = (...options: Parameters<typeof licenceRun>): string =>
  renderHtml(licenceRun(...options), scratchDirectory(licenceFiles))

const bodyOf = (html: string): string =>
  html
    .replace(/<script type="module">[\s\S]*?<\/script>/, '')
    .replace(/<style>[\s\S]*?<\/style>/, '')

/** The opening tags of a page; what is text has none. */
const tagsOf = (html: string): string[] => bodyOf(html).match(/<[a-z][^>]*>/g) ?? []

const lineOf = (html: string, id: string): string =>
  html.slice(html.indexOf(` id="${id}"`), html.indexOf('</tr>', html.indexOf(` id="${id}"`)))

test('holds every requirement with its state, once', () => {
  const html = render()
  for (const { id } of licenceRun().systems[0]?.requirements ?? []) {
    expect(html.split(` id="${id}"`)).toHaveLength(2)
  }
  const states = [...html.matchAll(/data-state="([\w-]+)"/g)].map(([, state]) => state)
  expect(states).toHaveLength(124)
  expect(states.filter((state) => state === 'refuted')).toHaveLength(5)
  expect(states.filter((state) => state === 'unclaimed')).toHaveLength(5)
})

test('every id on the page occurs once, and every link inside it leads somewhere', () => {
  const html = render()
  const ids = [...bodyOf(html).matchAll(/ id="([^"]+)"/g)].map(([, id]) => id)
  expect(new Set(ids).size).toBe(ids.length)
  const links = [...html.matchAll(/ (?:href|aria-controls)="#?([^":]+)"/g)].map(([, id]) => id)
  const inside = links.filter((id) => !id?.startsWith('./claims/'))
  expect(inside.filter((id) => !ids.includes(id))).toEqual([])
})

test('a line shows what was measured, its interval, the target and what was reported', () => {
  const line = lineOf(render(), 'LFA-PERF-06')
  expect(line).toContain('P95 &lt; 100 ms')
  expect(line).toContain('145 ms')
  expect(line).toContain('<strong>138 ms</strong>')
  expect(line).toContain('[131 ms, 147 ms]')
  expect(line).toContain('138 ms, with 95 % confidence in [131 ms, 147 ms], target &lt; 100 ms')
  expect(line).toContain('class="reported" points=')
})

test('shows charts, and pictures of what is not upheld, out of the page itself; links the rest', () => {
  const attachments = ['page 1.png', 'load.svg', 'trace-1.zip', 'gone.png', 'whole.png']
  const shown = outcome('S-1', 'refuted', { attachments })
  const fine = outcome('S-2', 'upheld', { attachments: ['fine.png', 'load.svg'] })
  const requirements = [requirement('S-1'), requirement('S-2')]
  const html = renderHtml(
    sampleRun({ requirements, outcomes: [shown, fine] }),
    scratchDirectory({
      'requirements/shop.md': '',
      'claims/shop/S-1/page 1.png': 'a picture',
      'claims/shop/S-1/load.svg': '<svg/>',
      'claims/shop/S-1/whole.png': 'x'.repeat(600_000),
      'claims/shop/S-2/fine.png': 'a picture',
      'claims/shop/S-2/load.svg': '<svg/>',
    }),
  )
  const pictures = [...html.matchAll(/<img src="([^"]+)" alt="([^"]+)"/g)]
  expect(pictures.map(([, source, name]) => [name, source?.split(',')[0]])).toEqual([
    ['Chart of load.svg', 'data:image/svg+xml;base64'],
    ['page 1.png', 'data:image/png;base64'],
    ['Chart of load.svg', 'data:image/svg+xml;base64'],
  ])
  for (const linked of ['S-1/trace-1.zip', 'S-1/gone.png', 'S-1/whole.png', 'S-2/fine.png']) {
    expect(html).toContain(`<a href="./claims/shop/${linked}">`)
  }
})

test('evidence has proofs, counterexample, replay, seal and what convicted the claim', () => {
  const html = render()
  const start = html.indexOf('id="LFA-T-21.evidence"')
  const panel = html.slice(start, html.indexOf('</article>', start))
  expect(panel).toContain("call: 'POST /internship/credits/spend'")
  expect(panel).toContain(
    'data-copy="npx etalon verify lfa-licenses --only LFA-T-21 --seed 4f1c22ab"',
  )
  expect(panel).toContain('href="./claims/lfa-licenses/LFA-T-21/evidence.ndjson"')
  expect(panel).toMatch(/sha256:[0-9a-f]{64}/)
  expect(panel).toContain('<b>Convicted</b>')
})

test("keeps the author's headings, sentences and tables", () => {
  const html = render()
  expect(html).toContain('<h2 id="lfa-licenses/lfa-specialization-licences">')
  expect(html).toContain('<strong>never</strong> touches another')
  expect(html).toContain('<td>Bamboo Disciple</td>')
  expect(html).toContain('href="#lfa-licenses/level-tables"')
})

test('asks nothing of any other file or host', () => {
  const html = render()
  expect(html).not.toMatch(/https?:\/\//)
  expect(html).not.toMatch(/ src=|@import|url\(|<iframe|<object|<embed|<base|http-equiv="refresh"/)
  expect(tagsOf(html).filter((tag) => tag.startsWith('<link'))).toEqual([
    '<link rel="icon" href="data:,">',
  ])
})

test('the policy lets nothing run but the page itself', () => {
  const html = render()
  const hash = (text = ''): string =>
    `'sha256-${createHash('sha256').update(text).digest('base64')}'`
  const [, script] = /<script type="module">([\s\S]*?)<\/script>/.exec(html) ?? []
  const [, style] = /<style>([\s\S]*?)<\/style>/.exec(html) ?? []
  const [, policy] = /Content-Security-Policy" content="([^"]+)"/.exec(html) ?? []
  expect(policy).toContain("default-src 'none'")
  expect(policy).toContain(`script-src ${hash(script)};`)
  expect(policy).toContain(`style-src ${hash(style)};`)
  expect(policy).not.toContain('unsafe')
  expect(tagsOf(html).filter((tag) => /\s(on\w+|style)=/.test(tag))).toEqual([])
})

const hostile = '</script><img src=x onerror="alert(1)">\'"><svg onload=alert(1)>\u0000'

test('hostile text is inert wherever it stands', () => {
  const document = `# ${hostile}\n\n${hostile} [link](javascript:alert(1)) ![i](http://x.y/z.png)\n
| id | requirement | target | reported | note |\n|---|---|---|---|---|
| S-1 | ${hostile} | ${hostile} | ${hostile} | ${hostile} |\n`
  const record = sampleRun({
    requirements: [requirement('S-1', { text: hostile, target: hostile, reported: hostile })],
    outcomes: [
      outcome('S-1', 'refuted', {
        title: hostile,
        reason: hostile,
        replay: hostile,
        evidence: hostile,
        file: hostile,
        doubts: [{ kind: 'outliers', message: hostile }],
        proofs: [
          proof('refuted', {
            title: hostile,
            figure: hostile,
            target: hostile,
            reason: hostile,
            counterexample: { body: hostile },
          }),
        ],
        seal: { sha256: hostile, sizeBytes: 1 },
      }),
    ],
    defects: [{ ...defect(hostile, { 'S-1': 'upheld' }), plant: hostile }],
    command: hostile,
  })
  const html = renderHtml(
    { ...record, seed: hostile, problems: [hostile], id: hostile },
    scratchDirectory({ 'requirements/shop.md': document }),
  )
  expect(html.match(/<script/g)).toHaveLength(1)
  expect(html.match(/<\/script/g)).toHaveLength(1)
  expect(html).not.toMatch(/<img|<svg onload/)
  expect(html).not.toMatch(/javascript:alert\(1\)"/)
  expect(tagsOf(html).filter((tag) => /\son\w+=/.test(tag.replaceAll(/"[^"]*"/g, '')))).toEqual([])
  expect(html).not.toContain('\u0000')
})

test('shows what is pending, and what took no part', () => {
  const running = render({ state: 'running', judged: 70 })
  expect(lineOf(running, 'LFA-T-63')).toContain('data-state="pending"')
  expect(running).toContain('70 of 119 claims had been judged')
  const part = render({ command: 'etalon verify --only LFA-R-01' })
  expect(lineOf(part, 'LFA-CRD-06')).toContain('data-state="not-run"')
})

test('two systems that use the same id keep their lines apart', () => {
  const record = sampleRun({ requirements: [requirement('S-1')] })
  const [shop] = record.systems
  const systems = [shop!, { ...shop!, name: 'stall', document: 'requirements/stall.md' }]
  const html = renderHtml({ ...record, systems }, scratchDirectory())
  expect(html).toContain(' id="shop/S-1"')
  expect(html).toContain(' id="stall/S-1"')
})
