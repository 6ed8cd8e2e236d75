/** An element of a document that was read. */
export interface XmlElement {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly XmlElement[]
  readonly text: string
}

interface OpenElement {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: XmlElement[]
  text: string
}

const tag = /<(\/?)([\w:-]+)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)>|<\?xml [^<>]*\?>/g

/**
 * Reads XML as strictly as the tests of the XML writer need: balanced, quoted, escaped, without
 * characters that XML does not have.
 *
 * @throws SyntaxError
 */
export function readXml(source: string): XmlElement {
  // oxlint-disable-next-line no-control-regex -- these are what must not occur
  if (/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/.test(source)) {
    throw new SyntaxError('a character that XML does not have')
  }
  const root: OpenElement = { name: '', attributes: {}, children: [], text: '' }
  const open = [root]
  let end = 0
  for (const found of source.matchAll(tag)) {
    const [written, closing, name, attributes = '', empty] = found
    const current = open.at(-1) as OpenElement
    current.text += decoded(source.slice(end, found.index))
    end = found.index + written.length
    if (name === undefined) continue
    if (closing === '/') {
      if (current.name !== name) throw new SyntaxError(`</${name}> closes <${current.name}>`)
      open.pop()
      continue
    }
    const element = { name, attributes: attributesOf(attributes), children: [], text: '' }
    current.children.push(element)
    if (empty !== '/') open.push(element)
  }
  if (open.length > 1) throw new SyntaxError(`<${open.at(-1)?.name}> is never closed`)
  if (decoded(source.slice(end)).trim() !== '') throw new SyntaxError('text after the document')
  return root.children[0] as XmlElement
}

/** All elements of a name, in order. */
export function elementsOf(element: XmlElement, name: string): XmlElement[] {
  const inside = element.children.flatMap((child) => elementsOf(child, name))
  return element.name === name ? [element, ...inside] : inside
}

function attributesOf(source: string): Record<string, string> {
  const pairs = [...source.matchAll(/([\w:-]+)="([^"]*)"/g)]
  return Object.fromEntries(pairs.map(([, name, value]) => [name, decoded(value ?? '')]))
}

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"' }

function decoded(text: string): string {
  if (text.includes('<')) throw new SyntaxError(`an unescaped < in ${text.slice(0, 80)}`)
  return text.replaceAll(/&(?:#(\d+)|(\w+))?;?/g, (written, code, name) => {
    const found = code ? String.fromCodePoint(Number(code)) : named[String(name)]
    if (found === undefined || !written.endsWith(';')) throw new SyntaxError(`found ${written}`)
    return found
  })
}
