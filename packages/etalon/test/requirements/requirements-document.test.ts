import { describe, expect, test } from 'vitest'
import { EtalonError } from '../../src/kernel/errors.ts'
import { parseRequirements } from '../../src/requirements/requirements-document.ts'

const document = `# Shop

Sentences are prose.

## Orders

| id | tier | kind | requirement | target | reported |
|---|---|---|---|---|---|
| SHOP-01 | must | rule | An order is paid **once** | 20 of 20 | 15 of 20 |
| SHOP-02 | should | speed | The list is fast | P95 < 100 ms | - |

### Not requirements

| name | price |
|---|---|
| tea | 2 |
`

const codeOf = (source: string): string => {
  try {
    parseRequirements(source, 'r.md')
  } catch (error) {
    if (error instanceof EtalonError) return `${error.code} ${error.message}`
    throw error
  }
  return 'accepted'
}

test('finds the requirements in their tables, with line, section and what was reported', () => {
  const { requirements, title } = parseRequirements(document, 'r.md')
  expect(title).toBe('Shop')
  expect(requirements).toEqual([
    {
      id: 'SHOP-01',
      tier: 'must',
      kind: 'rule',
      text: 'An order is paid once',
      target: '20 of 20',
      reported: '15 of 20',
      line: 9,
      section: ['Shop', 'Orders'],
      hash: expect.stringMatching(/^[0-9a-f]{12}$/),
    },
    expect.objectContaining({ id: 'SHOP-02', tier: 'should', line: 10 }),
  ])
  expect(requirements[1]).not.toHaveProperty('reported')
})

test('the hash follows what binds and nothing else', () => {
  const hashOf = (source: string): string | undefined =>
    parseRequirements(source, 'r.md').requirements[0]?.hash
  const original = hashOf(document)
  expect(hashOf(document.replace('15 of 20', '19 of 20'))).toBe(original)
  expect(hashOf(document.replace('paid **once**', 'paid  once'))).toBe(original)
  expect(hashOf(document.replace('20 of 20', '19 of 20'))).not.toBe(original)
  expect(hashOf(document.replace('is paid', 'is never paid'))).not.toBe(original)
  expect(hashOf(document.replace('| must |', '| should |'))).not.toBe(original)
})

test.each([
  ['', 'ETALON_REQUIREMENTS_EMPTY r.md holds no requirement'],
  [
    document.replace('SHOP-02', 'SHOP-01'),
    'ETALON_REQUIREMENTS_DUPLICATE_ID r.md:10: the id SHOP-01 stands already in line 9',
  ],
  [document.replace('SHOP-02', ''), 'ETALON_REQUIREMENTS_INVALID_ROW r.md:10: the row has no id'],
  [
    document.replace('SHOP-02', 'shop two'),
    'ETALON_REQUIREMENTS_INVALID_ROW r.md:10: expected an id of capital letters',
  ],
  [
    document.replace('| should', '| maybe'),
    'ETALON_REQUIREMENTS_INVALID_ROW r.md:10: expected the tier must or should, found "maybe"',
  ],
  [
    document.replace('The list is fast', ''),
    'ETALON_REQUIREMENTS_INVALID_ROW r.md:10: the requirement SHOP-02 has no sentence',
  ],
])('refuses a faulty document and names the line (%#)', (source, beginning) => {
  expect(codeOf(source)).toContain(beginning)
})

describe('a requirement that sums up others', () => {
  const summing = (cell: string): string => `
| id | requirement | derived from |
|---|---|---|
| T-01 | one | |
| T-02 | two | |
| T-10 | ten | |
| S-01 | all of them | ${cell} |
`
  test.each([
    ['T-01', ['T-01']],
    ['T-10, T-01', ['T-01', 'T-10']],
    ['T-01 to T-09', ['T-01', 'T-02']],
    ['T-*', ['T-01', 'T-02', 'T-10']],
  ])('names them by %s', (cell, ids) => {
    expect(parseRequirements(summing(cell), 'r.md').requirements[3]?.derivedFrom).toEqual(ids)
  })

  test('names one that is not there', () => {
    expect(codeOf(summing('T-77'))).toContain('"T-77" in derived from names no requirement')
  })
})
