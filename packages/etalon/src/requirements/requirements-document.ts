import { readFileSync } from 'node:fs'
import type { Root, Table, TableRow } from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmTableFromMarkdown } from 'mdast-util-gfm-table'
import { toString } from 'mdast-util-to-string'
import { gfmTable } from 'micromark-extension-gfm-table'
import { EtalonError, messageOf } from '../kernel/errors.ts'
import { derivationOf } from './derivation.ts'
import { hashOf, type Requirement, type Tier } from './requirement.ts'

/** A requirements document: the text as written, and the requirements found in its tables. */
export interface RequirementsDocument {
  readonly file: string
  readonly source: string
  readonly title: string
  readonly requirements: readonly Requirement[]
}

const idPattern = /^[A-Z][A-Z0-9]*(-[A-Z0-9.]+)+$/

/**
 * Reads a requirements document. Every table with the columns `id` and `requirement` holds
 * requirements; other tables, headings and sentences are prose.
 *
 * @param file shown in errors and reports
 * @throws ETALON_REQUIREMENTS_* with the line of the fault
 */
export function readRequirements(path: string, file: string = path): RequirementsDocument {
  let source: string
  try {
    source = readFileSync(path, 'utf8')
  } catch (error) {
    throw new EtalonError(
      'ETALON_REQUIREMENTS_MISSING',
      { file, problem: messageOf(error) },
      { cause: error },
    )
  }
  return parseRequirements(source, file)
}

/** {@link readRequirements} on a text. */
export function parseRequirements(source: string, file: string): RequirementsDocument {
  const tree = fromMarkdown(source, {
    extensions: [gfmTable()],
    mdastExtensions: [gfmTableFromMarkdown()],
  })
  const known = idsOf(tree)
  const section: string[] = []
  const requirements: Requirement[] = []
  for (const node of tree.children) {
    if (node.type === 'heading') section.splice(node.depth - 1, section.length, toString(node))
    if (node.type === 'table') {
      requirements.push(...rowsOf(node, { section: section.filter(Boolean), file, known }))
    }
  }
  if (requirements.length === 0) throw new EtalonError('ETALON_REQUIREMENTS_EMPTY', { file })
  refuseDuplicates(requirements, file)
  const heading = tree.children.find((node) => node.type === 'heading')
  return { file, source, title: heading ? toString(heading) : file, requirements }
}

/** The column of each known heading in a table of requirements, or `undefined` for prose. */
export function requirementColumns(table: Table): ReadonlyMap<string, number> | undefined {
  const headings = (table.children[0]?.children ?? []).map((cell) => toString(cell).toLowerCase())
  const columns = new Map(headings.map((heading, index) => [heading.trim(), index]))
  return columns.has('id') && columns.has('requirement') ? columns : undefined
}

/** Where a row stands, and what the rest of the document holds. */
interface RowContext {
  readonly section: readonly string[]
  readonly file: string
  /** Every id of the document, in order. */
  readonly known: readonly string[]
}

function idsOf(tree: Root): string[] {
  return tree.children
    .filter((node) => node.type === 'table')
    .flatMap((table) => {
      const column = requirementColumns(table)?.get('id')
      return column === undefined ? [] : table.children.slice(1).map((row) => cellOf(row, column))
    })
    .filter((id) => id !== undefined)
}

function rowsOf(table: Table, context: RowContext): Requirement[] {
  const columns = requirementColumns(table)
  if (!columns) return []
  return table.children.slice(1).map((row) => requirementOf(row, columns, context))
}

function requirementOf(
  row: TableRow,
  columns: ReadonlyMap<string, number>,
  { section, file, known }: RowContext,
): Requirement {
  const line = row.position?.start.line ?? 0
  const cell = (heading: string): string | undefined => cellOf(row, columns.get(heading))
  const invalid = (problem: string): EtalonError =>
    new EtalonError('ETALON_REQUIREMENTS_INVALID_ROW', { file, line, problem })

  const id = cell('id')
  if (!id) throw invalid('the row has no id')
  if (!idPattern.test(id)) {
    throw invalid(`expected an id of capital letters, digits and dashes, found "${id}"`)
  }
  const text = cell('requirement')
  if (!text) throw invalid(`the requirement ${id} has no sentence`)
  const tier = tierOf(cell('tier') ?? 'must')
  if (!tier) throw invalid(`expected the tier must or should, found "${cell('tier')}"`)
  const target = cell('target')
  const derivedFrom = derivation(cell('derived from'), known, invalid)
  const optional = { kind: cell('kind'), target, reported: cell('reported'), derivedFrom }
  return {
    id,
    tier,
    text,
    hash: hashOf({ tier, text, target, derivedFrom }),
    line,
    section: [...section],
    ...Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined)),
  }
}

function derivation(
  cell: string | undefined,
  known: readonly string[],
  invalid: (problem: string) => EtalonError,
): string[] | undefined {
  if (cell === undefined) return undefined
  try {
    return derivationOf(cell, known)
  } catch (error) {
    throw invalid(messageOf(error))
  }
}

/** A cell's text; nothing for an empty one or a dash. */
function cellOf(row: TableRow, column: number | undefined): string | undefined {
  const found = column === undefined ? undefined : row.children[column]
  const text = found ? toString(found).trim() : ''
  return text === '' || text === '-' ? undefined : text
}

function tierOf(word: string): Tier | undefined {
  const tier = word.toLowerCase()
  return tier === 'must' || tier === 'should' ? tier : undefined
}

function refuseDuplicates(requirements: readonly Requirement[], file: string): void {
  const firstLines = new Map<string, number>()
  for (const { id, line } of requirements) {
    const firstLine = firstLines.get(id)
    if (firstLine !== undefined) {
      throw new EtalonError('ETALON_REQUIREMENTS_DUPLICATE_ID', { file, line, id, firstLine })
    }
    firstLines.set(id, line)
  }
}
