import { expect, test } from 'vitest'
import { parseDocument, type RequirementsBlock } from './document.ts'
import { renderMarkdown } from './markdown.ts'
import { licenceFiles, licenceRun } from './testing/licence-run.ts'
import { defect, outcome, proof, requirement, sampleRun } from './testing/sample-run.ts'
import { scratchDirectory } from './testing/scratch-directory.ts'

const [source] = Object.values(licenceFiles) as [string]
const render = (...options: Parameters<typeof licenceRun>): string =>
  renderMarkdown(licenceRun(...options), scratchDirectory(licenceFiles))

const rowOf = (markdown: string, id: string): string | undefined =>
  markdown.split('\n').find((line) => line.startsWith(`| ${id} |`))

test('gives the document back: every sentence and table of the author, in order', () => {
  const markdown = render()
  const prose = parseDocument(source).blocks.filter(({ kind }) => kind !== 'requirements')
  const places = prose.map((block) => markdown.indexOf(block.source))
  expect(places.every((place) => place > 0)).toBe(true)
  expect(places).toEqual(places.toSorted((one, other) => one - other))
})

test('adds the verdict and what was measured to each requirement', () => {
  const markdown = render()
  const isTable = (block: { kind: string }): block is RequirementsBlock =>
    block.kind === 'requirements'
  const tables = parseDocument(markdown).blocks.filter(isTable)
  expect(tables.flatMap(({ rows }) => rows)).toHaveLength(124)
  for (const { columns } of tables) expect(columns.slice(-2)).toEqual(['verdict', 'measured'])
  expect(rowOf(markdown, 'LFA-PERF-09')).toContain('| P95 < 500 ms | "ready" | ✓ upheld |')
  expect(rowOf(markdown, 'LFA-PERF-09')).toContain('**211 ms** \\[196 ms, 244 ms]')
  expect(rowOf(markdown, 'LFA-PERF-06')).toContain('[❌ **refuted**](#lfa-perf-06)')
  expect(rowOf(markdown, 'LFA-CRD-06')).toContain('○ without a claim')
})

test('what a system said cannot become a line of the report', () => {
  const title = 'x\n\n# \u2713 All requirements are upheld'
  const refuted = outcome('S-1', 'refuted', {
    proofs: [{ ...proof('refuted'), title, counterexample: { found: 1 } }],
  })
  const run = sampleRun({ requirements: [requirement('S-1')], outcomes: [refuted] })
  const markdown = renderMarkdown(run, scratchDirectory({ 'requirements/shop.md': '# Shop\n' }))
  expect(markdown).toContain('All requirements are upheld')
  expect(markdown).not.toMatch(/^# \u2713/m)
})

test('tells of each line that is not upheld why, and how to see it again', () => {
  const markdown = render()
  const refuted = markdown.slice(markdown.indexOf('\n## Refuted'), markdown.indexOf('\n## Incon'))
  expect(refuted.match(/^### /gm)).toHaveLength(5)
  expect(refuted).toContain('### LFA-T-21')
  expect(refuted).toContain("call: 'POST /internship/credits/spend'")
  expect(refuted).toContain('`npx etalon verify lfa-licenses --only LFA-T-21 --seed 4f1c22ab`')
  expect(markdown).toContain('about 1,995 more samples would decide')
  expect(markdown).toContain('→ timed out after 60 s')
  expect(markdown).toContain('❌ **escaped**, the claim was upheld')
})

test('shows what is pending in a run that goes on', () => {
  const markdown = render({ state: 'running', judged: 70, defects: false })
  expect(rowOf(markdown, 'LFA-T-63')).toContain('… pending')
  expect(markdown).toContain('The run had not ended when this was written')
})

test('text of a system cannot break out of its cell, its code or its fold', () => {
  const record = sampleRun({
    requirements: [requirement('S-1')],
    outcomes: [
      outcome('S-1', 'refuted', {
        reason: 'a | b\n## Upheld <script>',
        proofs: [
          proof('refuted', {
            title: '</summary></details>',
            figure: '|```|',
            counterexample: 'x\n```\n## Upheld\n````',
          }),
        ],
      }),
    ],
    defects: [defect('`|`', { 'S-1': 'refuted' })],
  })
  const markdown = renderMarkdown(record, scratchDirectory())
  expect(markdown).not.toMatch(/(?<!\\)<script/)
  expect(markdown).not.toMatch(/<\/summary>(?<!\\)<\/details>/)
  const headings = parseDocument(markdown).blocks.filter(({ kind }) => kind === 'heading')
  expect(headings.map((one) => (one.kind === 'heading' ? one.text : ''))).not.toContain('Upheld')
  expect(parseDocument(markdown).blocks).toContainEqual(
    expect.objectContaining({ rows: [expect.objectContaining({ id: 'S-1' })] }),
  )
})
