import { expect, test } from 'vitest'
import { parseDocument, readDocument, type AuthoredDocument } from './document.ts'
import { requirement, sampleRun } from './testing/sample-run.ts'
import { scratchDirectory } from './testing/scratch-directory.ts'

const source = `Shop
====

Sentences, and a [link][1].

| name | price |
|---|---|
| tea | 2 |

| id | requirement | owner |
|---|---|---|
| S-1 | paid **once**, \`a \\| b\` |
| S-2 | > 5 | Ann |

[1]: https://example.org
`

const kinds = ({ blocks }: AuthoredDocument): string[] => blocks.map(({ kind }) => kind)

test('cuts a document into headings, prose and tables of requirements, as written', () => {
  const document = parseDocument(source)
  expect(kinds(document)).toEqual(['heading', 'prose', 'requirements', 'prose'])
  const [heading, prose, table] = document.blocks
  expect(heading).toMatchObject({ depth: 1, text: 'Shop' })
  expect(prose?.source).toContain('Sentences, and a [link][1].\n\n| name | price |')
  expect(table).toMatchObject({
    columns: ['id', 'requirement', 'owner'],
    rows: [
      { id: 'S-1', cells: ['S-1', 'paid **once**, `a \\| b`'] },
      { id: 'S-2', cells: ['S-2', '> 5', 'Ann'] },
    ],
  })
  expect(document.definitions).toBe('[1]: https://example.org')
})

const [system] = sampleRun({
  requirements: [
    requirement('S-1', { section: ['Shop', 'Orders'], text: 'paid | *once*' }),
    requirement('S-2', { section: ['Shop', 'Speed'], target: '< 5 ms' }),
  ],
}).systems

test('reads the copy in the run directory', () => {
  const directory = scratchDirectory({ 'requirements/shop.md': source })
  expect(readDocument(system!, directory)).toEqual(parseDocument(source))
})

test('where the copy is gone or lost a line, the record stands in and no line is missing', () => {
  const cut = scratchDirectory({ 'requirements/shop.md': source.replace(/\| S-2.*\n/, '') })
  for (const directory of [scratchDirectory(), cut]) {
    const { blocks } = readDocument(system!, directory)
    const rows = blocks.flatMap((block) => (block.kind === 'requirements' ? block.rows : []))
    expect(rows.map(({ id }) => id)).toEqual(['S-1', 'S-2'])
    expect(rows[0]?.cells[2]).toBe('paid \\| \\*once\\*')
    expect(blocks.filter(({ kind }) => kind === 'heading')).toMatchObject([
      { text: 'Shop' },
      { text: 'Orders' },
      { text: 'Speed' },
    ])
  }
})
