import { escapeXml } from '../xml.ts'

/** HTML that is safe to put into a page. Only {@link markup} and {@link trusted} make it. */
export class Markup {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

/** What a template takes: text is escaped, nothing (`undefined`, `false`) leaves no trace. */
export type Content = Markup | string | number | false | undefined | readonly Content[]

/** Template for HTML: every value is escaped unless it is {@link Markup} already. */
export function markup(parts: TemplateStringsArray, ...values: readonly Content[]): Markup {
  let text = parts[0] as string
  for (const [index, value] of values.entries()) text += written(value) + parts[index + 1]
  return new Markup(text)
}

/** HTML that another part made safe: the page's own files and rendered Markdown. */
export function trusted(html: string): Markup {
  return new Markup(html)
}

function written(value: Content): string {
  if (value instanceof Markup) return value.text
  if (typeof value === 'string') return escapeXml(value).replaceAll('"', '&quot;')
  if (typeof value === 'number') return String(value)
  return value ? value.map(written).join('') : ''
}
