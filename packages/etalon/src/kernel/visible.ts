/**
 * A text as a terminal shall show it, in one line: what would move its cursor, colour it or turn its
 * direction is written out. Texts of a system may hold anything, also a line that looks like a verdict.
 */
export function visible(text: string): string {
  return text
    .replaceAll(/[\r\n\t]+/g, ' ')
    .replaceAll(/[\p{Cc}\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu, (sign) => {
      return `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`
    })
}
