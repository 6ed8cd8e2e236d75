import { readFile } from 'node:fs/promises'
import { migrationStatus } from 'service-kit/migrate'
import { serviceEnvironment } from '../config.ts'
import { alertNames } from '../monitor/alert.ts'
import { area } from './item.ts'
import { must, walk } from './step.ts'

const directory = new URL('../../migrations', import.meta.url).pathname
const commands = ['migrate', 'create-operator', 'demo', 'main', 'checklist', 'report', 'restore']

export const documentationItems = area('Documentation', {
  'API documentation complete': async ({ anyone }) => {
    const [page, document] = await walk(anyone, [
      [200, 'GET', '/docs/'],
      [200, 'GET', '/openapi.json'],
    ])
    must(page.headers.get('content-type')?.startsWith('text/html') === true, '/docs is no page')
    const { paths } = document.body as { paths: Record<string, Record<string, Operation>> }
    const operations = Object.entries(paths).flatMap(([path, own]) =>
      Object.entries(own).map(([method, operation]) => ({ name: `${method} ${path}`, operation })),
    )
    const bare = operations.filter(({ operation }) => !operation.summary || !operation.responses)
    must(bare.length === 0, `without a summary: ${bare.map(({ name }) => name).join(', ')}`)
    return `${operations.length} operations with a summary and their answers`
  },
  'Deployment procedures documented': async () => {
    const readme = await readReadme()
    const untold = [
      ...commands.filter((name) => !readme.includes(`node src/${name}.ts`)),
      ...Object.keys(serviceEnvironment.shape).filter((name) => !readme.includes(name)),
    ]
    must(untold.length === 0, `the README does not tell of ${untold.join(', ')}`)
    return `${commands.length} commands and every variable stand in the README`
  },
  'Migration procedures documented': async ({ env }) => {
    const readme = await readReadme()
    must(readme.includes('up [--to N] | down [--to N] | status'), 'the README tells of no way back')
    const states = await migrationStatus({ databaseUrl: env.MIGRATE_DATABASE_URL, directory })
    const pending = states.filter(({ runAt }) => runAt === undefined).map(({ name }) => name)
    must(pending.length === 0, `migrations are pending: ${pending.join(', ')}`)
    return `up and down are told; all ${states.length} migrations are done`
  },
  'Troubleshooting guides available': async () => {
    const guide = (await readReadme()).split('## Troubleshooting')[1]?.split('\n## ')[0] ?? ''
    const untold = alertNames.filter((name) => !guide.includes(`\`${name}\``))
    must(untold.length === 0, `the guide does not tell what to do about ${untold.join(', ')}`)
    return `the guide says what to do about each of ${alertNames.length} alerts`
  },
})

interface Operation {
  readonly summary?: string
  readonly responses?: object
}

function readReadme(): Promise<string> {
  return readFile(new URL('../../README.md', import.meta.url), 'utf8')
}
