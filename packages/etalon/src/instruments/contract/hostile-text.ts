/** How long the SQL among the texts sleeps where it is run: longer than a busy machine takes. */
export const sqlSleepMs = 25_000

/**
 * Texts that do harm where they become part of a statement, a path, a page or a program, or that
 * are stored otherwise than they were sent.
 */
export const hostileTexts: readonly string[] = [
  `' or '1'='1`,
  `%' or name like '%`,
  `'||pg_sleep(${sqlSleepMs / 1_000})||'`,
  `'; select pg_sleep(${sqlSleepMs / 1_000}); --`,
  `'; drop table users cascade; --`,
  `1; update users set role = 'operator'; --`,
  String.raw`\'; delete from projects; --`,
  '$1',
  '${7*7}',
  '{{7*7}}',
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  'javascript:alert(1)',
  '../../../../etc/passwd',
  String.raw`..\..\windows\win.ini`,
  '%2e%2e%2fetc%2fpasswd',
  '; cat /etc/passwd',
  '$(sleep 25)',
  '`id`',
  '\r\nset-cookie: injected=1',
  '{"$gt": ""}',
  '__proto__',
  'constructor',
  'null',
  'NaN',
  '-0',
  '1e400',
  ' leading and trailing ',
  '\u202eright to left',
  '\ufeffbyte order mark',
  'ﷺ Ω≈ç√ 田中 🧑‍🚀 e\u0301',
  '\u{10ffff}',
  '\u007f\u0085\u2028',
]

/** Texts that are no characters, or none that a database can store. */
export const unstorableTexts: readonly string[] = [
  '\0',
  'nul\0inside',
  '\ud800',
  'half \udc00 pair',
]

/**
 * Whether a text is one that no schema tells of, so that refusing it is as good as keeping it: it
 * cannot be stored, or as a name it would reach what every object inherits.
 */
export function isBeyondSchemas(text: string): boolean {
  const isInherited = text === '__proto__' || text === 'constructor'
  return isInherited || text.includes('\0') || !text.isWellFormed()
}
