import { icon } from './icon.ts'
import { markup, type Content, type Markup } from './markup.ts'
import type { HeadingEntry, SystemPart } from './system.ts'

const depthMax = 3

/** A place of the page that stands beside the documents. */
export interface ContentsEntry {
  readonly anchor: string
  readonly text: string
}

/** The table of contents: every document with its headings, and what needs attention where. */
export function contents(parts: readonly SystemPart[], others: readonly ContentsEntry[]): Markup {
  const appendices = others.map(
    ({ anchor, text }) => markup`<li><a href="#${anchor}">${text}</a></li>\n`,
  )
  return markup`<details class="contents" open><summary>Contents</summary>
<nav aria-label="Contents">${parts.map(systemOf)}<ul>${appendices}</ul></nav></details>`
}

function systemOf({ headings }: SystemPart): Markup {
  const items = headings
    .filter(({ depth }) => depth <= depthMax)
    .map((entry) => {
      const { depth, anchor, text } = entry
      const link = markup`<a href="#${anchor}">${text}${attentionOf(entry)}</a>`
      return markup`<li class="depth-${depth}">${link}</li>\n`
    })
  return markup`<ul>${items}</ul>`
}

function attentionOf({ states }: HeadingEntry): Content {
  return (['refuted', 'inconclusive'] as const).map((state) => {
    const count = states.filter((one) => one === state).length
    const word = markup`<span class="unseen"> ${state}</span>`
    return (
      count > 0 && markup` <span class="attention ${state}">${icon(state)}${count}${word}</span>`
    )
  })
}
