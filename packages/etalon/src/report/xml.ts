/** Escapes text for the content of an XML element. */
export function escapeXml(text: string): string {
  return visible(text).replaceAll(/[&<>\r]/g, (character) => references[character] as string)
}

const references: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  // Written plainly, an attribute would have spaces in their place after parsing.
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
}

/** An element; attributes that are `undefined` are left out, `content` is XML already. */
export function element(
  name: string,
  attributes: Readonly<Record<string, string | number | undefined>>,
  content: readonly string[] = [],
): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([attribute, value]) => ` ${attribute}="${attributeOf(String(value))}"`)
    .join('')
  return content.length === 0
    ? `<${name}${written}/>`
    : `<${name}${written}>${content.join('\n')}</${name}>`
}

function attributeOf(value: string): string {
  return visible(value).replaceAll(/[&<>"\t\n\r]/g, (character) => references[character] as string)
}

// Surrogates are looked at more closely; in most texts there are none.
const suspicious = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD]/
const forbidden = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu

/** XML 1.0 has no way to write most control characters, lone surrogates and non-characters. */
function visible(text: string): string {
  if (!suspicious.test(text)) return text
  return text.toWellFormed().replaceAll(forbidden, (character) => {
    const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase()
    return String.raw`\u` + code.padStart(4, '0')
  })
}
