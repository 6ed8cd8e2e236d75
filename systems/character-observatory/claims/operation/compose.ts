import { claim } from 'etalon'
import { parse } from 'yaml'
import { missingOf, textOf } from './file.ts'

interface Compose {
  readonly services: Readonly<Record<string, ComposeService>>
}

interface ComposeService {
  readonly build?: { readonly dockerfile: string }
  readonly command?: readonly string[]
  readonly environment?: Readonly<Record<string, string>>
  readonly volumes?: readonly string[]
}

const folder = 'systems/character-observatory/deploy'
const secretNames = /PASSWORD|SECRET|AUTH|_URL$/

claim('CHAR-OPS-01', { name: 'compose' }, async ({ system, prove }) => {
  const { services } = parse(await textOf(system, 'deploy/compose.yml')) as Compose
  const known = ['api', 'grafana', 'migrate', 'neo4j', 'postgres', 'prometheus', 'redis']
  prove('services', Object.keys(services).sort()).equals(known)
  const secrets = Object.entries(services).flatMap(
    ([service, { environment = {}, command = [] }]) => [
      ...Object.entries(environment)
        .filter(([name]) => secretNames.test(name))
        .map(([name, value]) => ({ where: `${service} ${name}`, value })),
      ...command
        .filter((_word, at) => command[at - 1] === '--requirepass')
        .map((value) => ({ where: `${service} --requirepass`, value })),
    ],
  )
  prove('places where a secret belongs', secrets.length).isAtLeast(8)
  prove(
    'of which hold one',
    secrets.filter(({ value }) => holdsSecret(value)).map(({ where }) => where),
  ).isEmpty()
  const mounted = Object.values(services)
    .flatMap(({ volumes = [] }) => volumes)
    .filter((volume) => volume.startsWith('./'))
    .map((volume) => `${folder}/${volume.slice('./'.length).split(':')[0]}`)
  prove('files and folders that are mounted', mounted.length).isAtLeast(4)
  prove('of which there is nothing', await missingOf(system, mounted)).isEmpty()
  const { code, stderr } = await system.run(['node', 'src/main.ts'])
  const required = [...stderr.matchAll(/^ +(\w+) is required$/gm)].map(([, name]) => name ?? '')
  prove('the service without an environment', code).equals(3)
  prove('variables that it requires', required.length).isAtLeast(3)
  const given = services['api']?.environment ?? {}
  prove(
    'of which it is not given',
    required.filter((name) => !(name in given)),
  ).isEmpty()
})

/** Whether anything but a variable without a value of its own stands where a secret belongs. */
function holdsSecret(value: string): boolean {
  const own = value.replaceAll(/\$\{\w+(:\?[^}]*|:-)\}/g, '')
  const credential = /^\w+:\/\/[^/@]*:([^@/]+)@/.exec(own)?.[1]
  const isAddress = own.includes('://')
  return isAddress ? credential !== undefined : !['', 'neo4j/'].includes(own)
}
