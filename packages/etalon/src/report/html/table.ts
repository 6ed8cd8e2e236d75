import { markup, type Content, type Markup } from './markup.ts'

// On narrow screens rows become cards by `display: block`, which takes a table's roles away from
// assistive technology; so the roles are written out.

/** A table; `columns` are headings by the class of their cells. */
export function table(
  name: string,
  columns: Readonly<Record<string, string>>,
  rows: readonly Markup[],
): Markup {
  const head = Object.entries(columns).map(
    ([column, heading]) => markup`<th role="columnheader" class="${column}">${heading}</th>`,
  )
  return markup`<table class="${name}" role="table">
<thead role="rowgroup"><tr role="row">${head}</tr></thead>
<tbody role="rowgroup">${rows}</tbody></table>`
}

/** A cell; on narrow screens its label stands above it. */
export function cell(name: string, content: Content, label?: string): Markup {
  const labelled = label !== undefined && markup` data-label="${label}"`
  return markup`<td role="cell" class="${name}"${labelled}>${content}</td>\n`
}
