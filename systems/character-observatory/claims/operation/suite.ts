import { claim, type SystemHandle } from 'etalon'
import { textOf } from './file.ts'

const suites = ['integration', 'sockets', 'browser', 'load', 'database']
const command = 'npx etalon verify character-observatory --only '

claim('CHAR-T-56', async ({ system, prove }) => {
  const readme = await textOf(system, 'README.md')
  const rows = [...readme.matchAll(/^\| (\w+) \| `(npx etalon [^`]+)` \|$/gm)]
  const commands = new Map(rows.map(([, suite = '', text = '']) => [suite, text]))
  prove('suites with a command', [...commands.keys()]).equals(suites)
  const judged = await judgedRequirements(system)
  for (const [suite, text] of commands) {
    prove(`the command of the suite ${suite}`, text.startsWith(command)).isTrue()
    const patterns = text.slice(command.length).split(' ')
    const selected = (pattern: string): string[] =>
      judged.filter((id) => id === pattern || isLike(id, pattern))
    prove(
      `what the suite ${suite} names and nothing judges`,
      patterns.filter((pattern) => selected(pattern).length === 0),
    ).isEmpty()
    const count = new Set(patterns.flatMap(selected)).size
    prove(`requirements that the suite ${suite} judges`, count).isAtLeast(10)
  }
})

/** The requirements that have a claim, as the command line lists them. */
async function judgedRequirements(system: SystemHandle): Promise<string[]> {
  const etalon = new URL('../../../../packages/etalon/bin/etalon.js', import.meta.url).pathname
  const { stdout } = await system.run([process.execPath, etalon, 'list', 'character-observatory'])
  const lines = stdout.split('\n').filter((line) => !line.trimEnd().endsWith('no claim'))
  return lines.flatMap((line) => /^\s*(CHAR-[A-Z]+-\d+)\s+(?:must|should)/.exec(line)?.[1] ?? [])
}

/** Whether an id begins with what stands before the star of a pattern. */
function isLike(id: string, pattern: string): boolean {
  return pattern.endsWith('*') && id.startsWith(pattern.slice(0, -1))
}
