import { claim } from 'etalon'
import { fileURLToPath } from 'node:url'
import { changeAndLook } from './day.ts'

/** Who may talk to whom: the two services meet in Redis and in the database, and nowhere else. */
const connections = {
  producer: ['postgres', 'redis'],
  consumer: ['postgres', 'redis'],
}

const sourceImport = fileURLToPath(new URL('source-import.ts', import.meta.url))

/** One module that names another, by their paths. */
type Import = readonly [from: string, to: string]

claim('TICK-BND-02', async ({ boundaries, system, sql, prove }) => {
  const run = await boundaries.observe({ connections }, () => changeAndLook(system, sql))
  prove('connections that are not to be', run.connections.strange).isEmpty()
  prove('ways that both are to go and did not', run.connections.unseen).isEmpty()

  const { code, stdout, stderr } = await system.run(['node', sourceImport])
  if (code !== 0) throw new Error(`the sources were not read: ${stderr}`)
  const imports = JSON.parse(stdout) as readonly Import[]
  for (const [service, other] of [
    ['producer', 'consumer'],
    ['consumer', 'producer'],
  ] as const) {
    const loaded = loadedBy(service, imports)
    prove(`modules that the ${service} loads`, loaded.length).isAtLeast(30)
    const foreign = loaded.filter((path) => path.startsWith(`src/${other}/`))
    prove(`those of them that are the ${other}'s`, foreign).isEmpty()
  }
})

/** The modules of a service and all that they import, and what these import in turn. */
function loadedBy(service: string, imports: readonly Import[]): string[] {
  const own = imports.map(([from]) => from).filter((path) => path.startsWith(`src/${service}/`))
  const loaded = new Set(own)
  for (const path of loaded) {
    for (const [from, to] of imports) if (from === path) loaded.add(to)
  }
  return [...loaded]
}
