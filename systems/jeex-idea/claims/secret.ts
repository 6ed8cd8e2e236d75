import type { SystemHandle } from 'etalon'

const [word, key, kind] = [['secure', 'password'].join('_'), 'c2VjcmV0'.repeat(4), 'PRIVATE']

/** The report's own shell lines, and others of their kind: the search has to find each. */
export const sampleSecrets = [
  `psql -U postgres -c "CREATE USER jeex_app WITH PASSWORD '${word}';"`,
  `export DATABASE_URL="postgresql+asyncpg://jeex_app:${word}@localhost:5220/jeex_idea"`,
  `JWT_SECRET=${key}`,
  `const password = '${word}'`,
  `-----BEGIN ${kind} KEY-----`,
]

const patterns = [
  /password\s+'[^'$]+'/i,
  /[a-z]:\/\/[^\s:/@'"`$]+:[^\s/@'"`$]+@/i,
  /\b(?:\w*(?:secret|password|token|api_?key))\s*[:=]\s*(['"`])[^'"`$]{6,}\1/i,
  /\b[A-Z_]*(?:SECRET|PASSWORD|TOKEN|KEY)=(?!\.\.\.)["']?[\w+/-]{8,}/,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
]

/** What in a text looks like a secret. */
export function secretsIn(text: string): string[] {
  return text.split('\n').filter((line) => patterns.some((pattern) => pattern.test(line)))
}

/** Searches every file that belongs to the system, apart from what is built. */
export async function findSecrets(
  system: SystemHandle,
): Promise<{ readonly files: number; readonly found: readonly string[] }> {
  const search = `for (const file of require('node:fs').globSync('**/*.{ts,tsx,sql,md,json,css,html,svg}', {
    exclude: (path) => /(^|\\/)(node_modules|dist|\\.etalon)$/.test(path),
  })) console.log(JSON.stringify([file, require('node:fs').readFileSync(file, 'utf8')]))`
  const { stdout } = await system.run(['node', '--eval', search])
  const files = stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as [file: string, text: string])
  const found = files.flatMap(([file, text]) =>
    secretsIn(text).map((line) => `${file}: ${line.trim()}`),
  )
  return { files: files.length, found }
}
