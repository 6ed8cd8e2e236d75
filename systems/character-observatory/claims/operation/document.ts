import { claim, type SystemHandle } from 'etalon'
import { missingOf, textOf } from './file.ts'

const sections = ['Integration', 'Tuning', 'Deployment', 'Monitoring']
const folder = 'systems/character-observatory'

claim('CHAR-OPS-03', async ({ system, prove }) => {
  const readme = await textOf(system, 'README.md')
  const headings = new Set([...readme.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading))
  prove(
    'sections that are missing',
    sections.filter((name) => !headings.has(name)),
  ).isEmpty()
  const words = [...readme.matchAll(/`([^`\n]+)`/g)].map(([, word = '']) => word)
  const named = {
    endpoints: [...readme.matchAll(/^\| (GET|POST|PATCH|PUT|DELETE) `(\/[^`?]*)/gm)].map(
      ([, method, path]) => `${method} ${path}`,
    ),
    variables: words.filter((word) => /^(?!CHAR_)[A-Z][A-Z0-9]*(_[A-Z0-9]+)+$/.test(word)),
    metrics: words.filter((word) => /^(observatory|http|pg_pool|nodejs|process)_\w+$/.test(word)),
  }
  const known = {
    endpoints: await endpointsOf(system),
    variables: await variablesOf(system),
    metrics: await metricsOf(system),
  }
  for (const what of ['endpoints', 'variables', 'metrics'] as const) {
    prove(`${what} that it names`, named[what].length).isAtLeast(4)
    const unknown = named[what].filter((name) => !known[what].has(name))
    prove(`${what} that it names and that do not exist`, unknown).isEmpty()
  }
  const errors = await textOf(system, 'src/error.ts')
  const codes = words.filter((word) => word.startsWith('CHAR_'))
  prove(
    'errors that do not exist',
    codes.filter((code) => !errors.includes(`${code}:`)),
  ).isEmpty()
  const files = [...readme.matchAll(/\b(?:src|deploy|migrations|web)\/[\w./-]*\w/g)]
  const paths = files.map(([path]) => `${folder}/${path}`)
  prove('files that it names', paths.length).isAtLeast(5)
  prove('files that it names and that do not exist', await missingOf(system, paths)).isEmpty()
})

/** Operations of the OpenAPI document. */
async function endpointsOf({ anonymous }: SystemHandle): Promise<Set<string>> {
  const { body } = await anonymous
    .get<{ paths: Record<string, Record<string, unknown>> }>('/openapi.json')
    .expect(200)
  return new Set(
    Object.entries(body.paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
    ),
  )
}

/** Variables of the service, of its commands, and of the compose file. */
async function variablesOf(system: SystemHandle): Promise<Set<string>> {
  const script = `
    const schemas = { ...(await import('./src/config.ts')), ...(await import('service-kit')) }
    const names = Object.values(schemas).flatMap(({ shape = {} }) => Object.keys(shape))
    console.log(names.join(' '))`
  const { stdout } = await system.run(['node', '--input-type=module', '--eval', script])
  const compose = await textOf(system, 'deploy/compose.yml')
  const composed = [...compose.matchAll(/\$\{(\w+)/g)].map(([, name = '']) => name)
  return new Set([...stdout.trim().split(' '), ...composed])
}

/** Metrics that the service has, and those that it has with another configuration. */
async function metricsOf(system: SystemHandle): Promise<Set<string>> {
  const { body } = await system.anonymous.get<string>('/metrics').expect(200)
  const { stdout } = await system.run(['grep', '-rhoE', "name: 'observatory_[a-z_]+'", 'src/graph'])
  const served = [...body.matchAll(/^# TYPE (\w+) /gm)]
  const declared = [...stdout.matchAll(/'(\w+)'/g)]
  return new Set([...served, ...declared].map(([, name = '']) => name))
}
