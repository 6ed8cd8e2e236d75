import { micromark, type Options } from 'micromark'
import { gfmTable, gfmTableHtml } from 'micromark-extension-gfm-table'
import type { AuthoredDocument, DocumentBlock, RequirementsBlock } from '../document.ts'
import type { AuthoredLine } from './line.ts'
import { trusted, type Markup } from './markup.ts'

/** A block of the author's document as HTML. */
export type RenderedBlock =
  | { readonly kind: 'prose'; readonly html: Markup }
  | {
      readonly kind: 'heading'
      readonly depth: number
      readonly text: string
      readonly html: Markup
    }
  | {
      readonly kind: 'requirements'
      readonly lines: readonly { readonly id: string; readonly authored: AuthoredLine }[]
    }

type HtmlExtension = NonNullable<Options['htmlExtensions']>[number]

// Documents do not change while a run writes its report again and again.
const rendered = new WeakMap<AuthoredDocument, Map<string, readonly RenderedBlock[]>>()

/**
 * Renders the author's Markdown for the page of `system`. HTML in it shows as text, links of other
 * kinds than web and mail lose their address, and nothing is fetched: an image becomes a link.
 */
export function renderBlocks(document: AuthoredDocument, system: string): readonly RenderedBlock[] {
  const known = rendered.get(document) ?? new Map<string, readonly RenderedBlock[]>()
  rendered.set(document, known)
  const blocks =
    known.get(system) ?? document.blocks.map((one) => renderBlock(one, document, system))
  known.set(system, blocks)
  return blocks
}

function renderBlock(
  block: DocumentBlock,
  { definitions }: AuthoredDocument,
  system: string,
): RenderedBlock {
  const render = (...extensions: readonly HtmlExtension[]): string =>
    micromark(`${block.source}\n\n${definitions}`, {
      extensions: [gfmTable(), { disable: { null: ['labelStartImage'] } }],
      htmlExtensions: [gfmTableHtml(), withoutComments, ...extensions],
    })
  switch (block.kind) {
    case 'prose':
      return { kind: 'prose', html: trusted(withLinks(render(), system)) }
    case 'heading': {
      const html = withLinks(render(), system).replaceAll(/<\/?h\d>|\n$/g, '')
      return { kind: 'heading', depth: block.depth, text: block.text, html: trusted(html) }
    }
    case 'requirements': {
      const rows: string[][] = []
      render(collector(rows))
      const cells = rows.slice(1).map((row) => row.map((cell) => trusted(withLinks(cell, system))))
      return { kind: 'requirements', lines: linesOf(block, cells) }
    }
  }
}

function linesOf(
  { columns, rows }: RequirementsBlock,
  cells: readonly (readonly Markup[])[],
): readonly { id: string; authored: AuthoredLine }[] {
  const headings = columns.map((column) => column.trim().toLowerCase())
  return rows.map(({ id }, index) => {
    const row = headings.map((heading, column) => ({ heading, cell: cells[index]?.[column] }))
    const filled = row.filter(({ cell }) => cell && cell.text !== '' && cell.text !== '-')
    const cell = (name: string): Markup | undefined =>
      filled.find(({ heading }) => heading === name)?.cell
    return {
      id,
      authored: {
        text: cell('requirement'),
        target: cell('target'),
        reported: cell('reported'),
        further: filled.filter(({ heading }) => !ownColumns.has(heading)),
      },
    }
  })
}

const ownColumns = new Set(['id', 'tier', 'kind', 'requirement', 'target', 'reported'])

/** Collects the cells of a table by rows, the head first, instead of writing them. */
function collector(rows: string[][]): HtmlExtension {
  const endCell = (content: string): void => {
    rows.at(-1)?.push(content)
  }
  return {
    enter: {
      tableRow() {
        rows.push([])
      },
      tableHeader() {
        this.buffer()
      },
      tableData() {
        this.buffer()
      },
    },
    exit: {
      tableRow: () => undefined,
      tableHeader() {
        endCell(this.resume())
      },
      tableData() {
        endCell(this.resume())
      },
    },
  }
}

const withoutComments: HtmlExtension = {
  enter: {
    htmlFlow() {
      this.lineEndingIfNeeded()
      this.buffer()
    },
  },
  exit: {
    htmlFlow() {
      const text = this.resume()
      if (!text.startsWith('&lt;!--')) this.raw(text)
    },
  },
}

/** Requirement ids stand on the page as they are, headings behind the name of their system. */
const requirementAnchor = /^[A-Z][A-Z0-9]*(-[A-Z0-9.]+)+$/

function withLinks(html: string, system: string): string {
  // An image was left as a link behind its exclamation mark.
  return html.replaceAll(
    /!?<a href="([^"]*)"[^>]*>([\s\S]*?)<\/a>/g,
    (_link, address: string, text: string) => linkOf(address, text, system),
  )
}

function linkOf(address: string, text: string, system: string): string {
  if (address === '') return text
  if (address.startsWith('#')) {
    return `<a href="${anchorOf(address.slice(1), system)}">${text}</a>`
  }
  return /^(https?:|mailto:)/i.test(address)
    ? `<a href="${address}" rel="noreferrer">${text}</a>`
    : `<span class="path" title="${address}">${text}</span>`
}

function anchorOf(target: string, system: string): string {
  return requirementAnchor.test(target) ? `#${target}` : `#${system}/${target}`
}
