import { escapeXml } from './xml.ts'

/** Text that was not written as Markdown, so that it shows as it is; in one line, also in cells. */
export function escapeMarkdown(text: string): string {
  return text
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/[\\`*_[<|~&]/g, String.raw`\$&`)
    .replace(/^(?:[#>+=-]|\d+(?=[.)](?:\s|$)))/, (start) =>
      /\d/.test(start) ? `${start}\\` : `\\${start}`,
    )
}

/** A block of code that its content cannot end. */
export function fenceMarkdown(text: string): string {
  const runs = text.match(/`{3,}/g) ?? []
  const fence = '`'.repeat(Math.max(2, ...runs.map(({ length }) => length)) + 1)
  return `${fence}\n${text}\n${fence}`
}

/** A text in code, in one line, also in a cell. */
export function codeMarkdown(text: string): string {
  const runs = text.match(/`+/g) ?? []
  const fence = '`'.repeat(Math.max(0, ...runs.map(({ length }) => length)) + 1)
  const space = runs.length > 0 ? ' ' : ''
  const line = text.replaceAll(/\s+/g, ' ').replaceAll('|', String.raw`\|`)
  return `${fence}${space}${line}${space}${fence}`
}

/** A part that opens when asked for; an empty line in its summary would end it. */
export function foldMarkdown(summary: string, content: string): string {
  return `<details><summary>${escapeXml(summary.replaceAll(/\s+/g, ' '))}</summary>\n\n${content}\n\n</details>`
}
