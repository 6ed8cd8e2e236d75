import { readDocument } from '../document.ts'
import { lineStateOrder, lineStates, type LineCounts, type LineState } from '../line-state.ts'
import type { RequirementView } from '../requirement-view.ts'
import type { SystemView } from '../run-view.ts'
import type { Anchors } from './anchor.ts'
import { icon } from './icon.ts'
import { lineColumns, lineRows, type AuthoredLine } from './line.ts'
import { markup, trusted, type Content, type Markup } from './markup.ts'
import { renderBlocks, type RenderedBlock } from './prose.ts'
import { table } from './table.ts'

/** The document of a system as the page shows it, with what a table of contents needs. */
export interface SystemPart {
  readonly name: string
  readonly title: string
  readonly counts: LineCounts
  readonly body: Markup
  readonly headings: readonly HeadingEntry[]
}

export interface HeadingEntry {
  readonly anchor: string
  readonly text: string
  readonly depth: number
  /** Of the lines between this heading and the next. */
  readonly states: readonly LineState[]
}

/** Renders a system's own document, every requirement with what was found beside it. */
export function systemPart(view: SystemView, directory: string, anchors: Anchors): SystemPart {
  const { name, title } = view.system
  const blocks = renderBlocks(readDocument(view.system, directory), name)
  const lines = new Map(view.requirements.map((line) => [line.requirement.id, line]))
  const headings: { -readonly [Field in keyof HeadingEntry]: HeadingEntry[Field] }[] = []
  const parts: Content[] = []
  const open: number[] = []
  for (const block of blocks) {
    if (block.kind === 'heading') {
      while ((open.at(-1) ?? 0) >= block.depth) {
        parts.push(trusted('</section>'))
        open.pop()
      }
      open.push(block.depth)
      const anchor = anchors.heading(name, block.text)
      headings.push({ anchor, text: block.text, depth: block.depth, states: [] })
      parts.push(headingOf(block, anchor))
    } else if (block.kind === 'prose') {
      parts.push(markup`<div class="prose">${block.html}</div>`)
    } else {
      const rowsOf = (view: RequirementView, authored: AuthoredLine): Markup =>
        lineRows(view, authored, { anchor: anchors.line(name, view.requirement.id), directory })
      parts.push(tableOf(block, lines, rowsOf))
      const last = headings.at(-1)
      if (last) last.states = [...last.states, ...statesOf(block, lines)]
    }
  }
  parts.push(open.map(() => trusted('</section>')))
  const body = markup`<article class="system" id="${name}" aria-label="${title}">
<p class="system-facts"><span>${name}</span> ${countsOf(view.counts)}</p>${parts}</article>`
  return { name, title, counts: view.counts, body, headings }
}

/** Counts of lines in words, states that do not occur left out. */
export function countsOf(counts: LineCounts): Markup {
  const shown = lineStateOrder.filter((state) => counts[state] > 0)
  return markup`<span class="counts">${shown.map(
    (state) =>
      markup`<span class="${state}">${icon(state)}${counts[state]} ${lineStates[state]}</span> `,
  )}</span>`
}

type Rendered<Kind> = Extract<RenderedBlock, { readonly kind: Kind }>

function headingOf({ depth, html }: Rendered<'heading'>, anchor: string): Content {
  // The page's own heading is the first; the author's follow below it.
  const level = String(Math.min(6, depth + 1))
  return [
    trusted(`<section class="part depth-${depth}"><h${level} id="`),
    anchor,
    trusted('">'),
    html,
    trusted(`</h${level}>`),
  ]
}

function tableOf(
  { lines: rows }: Rendered<'requirements'>,
  lines: ReadonlyMap<string, RequirementView>,
  rowsOf: (view: RequirementView, authored: AuthoredLine) => Markup,
): Markup {
  const shown = rows.flatMap(({ id, authored }) => {
    const view = lines.get(id)
    return view ? rowsOf(view, authored) : []
  })
  return table('requirements', lineColumns, shown)
}

function statesOf(
  { lines: rows }: Rendered<'requirements'>,
  lines: ReadonlyMap<string, RequirementView>,
): LineState[] {
  return rows.flatMap(({ id }) => lines.get(id)?.state ?? [])
}
