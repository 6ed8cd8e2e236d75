// npm run bench -- <name> [--save]      runs one benchmark and prints its table
//
// --save keeps the table in bench/results/<name>.md, with the machine and the date, where the
// documentation quotes it from.
import { globSync, mkdirSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { takeFingerprint } from '../packages/etalon/src/evidence/fingerprint.ts'
import type { Benchmark } from './benchmark.ts'

const [name, ...flags] = process.argv.slice(2)
const known = globSync('*.bench.ts', { cwd: import.meta.dirname }).map((file) =>
  basename(file, '.bench.ts'),
)
if (name === undefined || !known.includes(name)) {
  console.error(`expected one of ${known.sort().join(', ')}, found ${name ?? 'nothing'}`)
  process.exit(3)
}
const module = (await import(`./${name}.bench.ts`)) as { default: Benchmark }
const result = await module.default()
const { cpu, cores, node, commit, dirty } = takeFingerprint(import.meta.dirname)
const page = `# ${name}

${result}

\`npm run bench -- ${name}\` on ${new Date().toISOString().slice(0, 10)}, ${cores} cores of ${cpu}, Node.js ${node}, commit ${commit.slice(0, 7)}${dirty ? ' with changes' : ''}.
`
console.log(page)
if (flags.includes('--save')) {
  const folder = join(import.meta.dirname, 'results')
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, `${name}.md`), page)
}
