/** What the files that a system begins with have to know of it. */
export interface Starter {
  readonly name: string
  readonly command: readonly string[]
  readonly ready: string
}

/** The files that a system begins with, by path: they are upheld as soon as it answers. */
export function starterFiles({ name, command, ready }: Starter): Readonly<Record<string, string>> {
  const id = name.toUpperCase()
  const words = command.map(quoted).join(', ')
  return {
    'requirements.md': `# ${name}

What ${name} has to do. A claim in \`claims/\` tries to refute each line.

| id | tier | requirement | target | reported |
|---|---|---|---|---|
| ${id}-01 | must | Every request is answered, also when many come at once | 200 of 200 | - |
| ${id}-02 | should | Answers are quick | P95 < 100 ms | - |
`,
    'etalon.config.ts': `import { defineSystem } from 'etalon'

export default defineSystem({
  name: ${quoted(name)},
  title: ${quoted(name)},
  processes: {
    server: {
      command: [${words}],
      ready: ${quoted(ready)},
      env: ({ port }) => ({ PORT: String(port) }),
    },
  },
})
`,
    'claims/answer.claim.ts': `import { claim, outcomeOfResponse } from 'etalon'

claim('${id}-01', async ({ system, histories, prove }) => {
  const history = await histories.concurrently({ actors: 10, operations: 200 }, async () =>
    outcomeOfResponse(await system.anonymous.get(${quoted(ready)})),
  )
  prove('requests answered', history.ok.length).equals(200)
})

claim('${id}-02', { isolation: 'quiet' }, async ({ system, timing, prove }) => {
  const answers = await timing.repeat({ iterations: 200 }, () =>
    system.anonymous.get(${quoted(ready)}).expect(200),
  )
  prove('P95 of an answer', answers.quantile(0.95)).isBelow(100, 'ms')
})
`,
  }
}

function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
}
