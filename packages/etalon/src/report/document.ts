import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { RootContent, Table, TableCell } from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmTableFromMarkdown } from 'mdast-util-gfm-table'
import { toString } from 'mdast-util-to-string'
import { gfmTable } from 'micromark-extension-gfm-table'
import type { RequirementRecord, SystemRecord } from '../evidence/run-record.ts'
import { requirementColumns } from '../requirements/requirements-document.ts'
import { escapeMarkdown } from './markdown-text.ts'

/** A requirements document cut into what a report treats apart, in the author's order. */
export interface AuthoredDocument {
  readonly blocks: readonly DocumentBlock[]
  /** Link definitions, which stand anywhere and are needed wherever Markdown is rendered. */
  readonly definitions: string
}

export type DocumentBlock = HeadingBlock | ProseBlock | RequirementsBlock

interface HeadingBlock {
  readonly kind: 'heading'
  readonly depth: number
  readonly text: string
  readonly source: string
}

/** Everything that is neither a heading nor a table of requirements, as written. */
interface ProseBlock {
  readonly kind: 'prose'
  readonly source: string
}

export interface RequirementsBlock {
  readonly kind: 'requirements'
  readonly source: string
  readonly columns: readonly string[]
  readonly rows: readonly { readonly id: string; readonly cells: readonly string[] }[]
}

/**
 * The requirements document of a system as it stood when the run began. Where its copy is gone or
 * was changed, the record's own requirements stand in, so that no line is ever missing.
 */
export function readDocument(system: SystemRecord, directory: string): AuthoredDocument {
  const written = parseDocument(sourceOf(join(directory, system.document)))
  const ids = new Set(
    written.blocks.flatMap((block) =>
      block.kind === 'requirements' ? block.rows.map(({ id }) => id) : [],
    ),
  )
  const whole =
    ids.size === system.requirements.length && system.requirements.every(({ id }) => ids.has(id))
  return whole ? written : parseDocument(rewritten(system))
}

// A run writes its reports again and again, and its documents never change meanwhile.
const parsed = new Map<string, AuthoredDocument>()
const parsedMax = 32

/** Cuts a requirements document into blocks. */
export function parseDocument(source: string): AuthoredDocument {
  const known = parsed.get(source)
  if (known) return known
  if (parsed.size >= parsedMax) parsed.clear()
  const tree = fromMarkdown(source, {
    extensions: [gfmTable()],
    mdastExtensions: [gfmTableFromMarkdown()],
  })
  const blocks: DocumentBlock[] = []
  let prose: RootContent[] = []
  const endProse = (): void => {
    if (prose.length > 0) blocks.push({ kind: 'prose', source: sliceOf(source, prose) })
    prose = []
  }
  for (const node of tree.children) {
    const block = blockOf(node, source)
    if (block) {
      endProse()
      blocks.push(block)
    } else prose.push(node)
  }
  endProse()
  const definitions = tree.children
    .filter(({ type }) => type === 'definition')
    .map((node) => sliceOf(source, [node]))
    .join('\n')
  const document = { blocks, definitions }
  parsed.set(source, document)
  return document
}

function blockOf(node: RootContent, source: string): DocumentBlock | undefined {
  const written = sliceOf(source, [node])
  if (node.type === 'heading') {
    return { kind: 'heading', depth: node.depth, text: toString(node), source: written }
  }
  return node.type === 'table' ? requirementsBlock(node, source) : undefined
}

function requirementsBlock(table: Table, source: string): RequirementsBlock | undefined {
  const idColumn = requirementColumns(table)?.get('id')
  if (idColumn === undefined) return undefined
  const [head, ...rows] = table.children.map(({ children }) =>
    children.map((cell) => cellOf(cell, source)),
  )
  const ids = table.children.slice(1).map(({ children }) => {
    const cell = children[idColumn]
    return cell ? toString(cell).trim() : ''
  })
  return {
    kind: 'requirements',
    source: sliceOf(source, [table]),
    columns: head ?? [],
    rows: rows.map((cells, index) => ({ id: ids[index] as string, cells })),
  }
}

function cellOf({ children }: TableCell, source: string): string {
  return children.length === 0 ? '' : sliceOf(source, children)
}

type Positioned = Pick<RootContent, 'position'>

function sliceOf(source: string, nodes: readonly Positioned[]): string {
  return source.slice(nodes[0]?.position?.start.offset, nodes.at(-1)?.position?.end.offset)
}

function sourceOf(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

function rewritten({ title, requirements }: SystemRecord): string {
  const sections = Map.groupBy(requirements, ({ section }) => section.at(-1) ?? title)
  const tables = [...sections].map(([heading, rows]) =>
    [
      `## ${escapeMarkdown(heading)}\n`,
      '| id | tier | requirement | target | reported |',
      '|---|---|---|---|---|',
      ...rows.map(rowOf),
      '',
    ].join('\n'),
  )
  return [`# ${escapeMarkdown(title)}\n`, ...tables].join('\n')
}

function rowOf({ id, tier, text, target, reported }: RequirementRecord): string {
  const cells = [id, tier, text, target, reported]
  return `| ${cells.map((cell) => (cell === undefined ? '-' : escapeMarkdown(cell))).join(' | ')} |`
}
