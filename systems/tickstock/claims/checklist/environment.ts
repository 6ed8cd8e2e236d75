import { createClient } from '@redis/client'
import { claim, type CommandEnv, type CommandResult, type SystemHandle } from 'etalon'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

interface Report {
  readonly ok: boolean
  readonly checks: readonly {
    readonly name: string
    readonly ok: boolean
    readonly found: string
  }[]
}

const all = [
  'database',
  'schema',
  'functions',
  'redis',
  'redis database 13',
  'redis database 14',
  'redis database 15',
  'redis memory',
  'memory',
]
/** Nothing listens here: a port that only the superuser may take. */
const nowhere = '127.0.0.1:1'

const itself: CommandEnv = ({ postgres, redis }) => ({
  DATABASE_URL: postgres.url('producer'),
  REDIS_URL: redis.url,
})

const command = ['node', 'src/producer/cli.ts', 'env-check'] as const

function envCheck(system: SystemHandle, env: CommandEnv = itself): Promise<CommandResult> {
  return system.run(command, env)
}

/** The check where it may take 300 MiB beyond what Node takes, most of it only reserved, to start. */
async function checkShort(system: SystemHandle): Promise<CommandResult> {
  const taken = `/VmData:\\s+(\\d+)/.exec(fs.readFileSync('/proc/self/status', 'utf8'))[1]`
  const { stdout } = await system.run(['node', '--print', taken])
  const limitKibibytes = Number(stdout) + 300 * 1_024
  const bound = ['sh', '-c', `ulimit -d ${limitKibibytes} && exec "$@"`, 'sh'] as const
  return system.run([...bound, ...command], itself)
}

function failed({ stdout }: CommandResult): string[] {
  const { checks } = JSON.parse(stdout) as Report
  return checks.filter(({ ok }) => !ok).map(({ name }) => name)
}

claim('TICK-CLI-04', async ({ system, sql, prove }) => {
  const whole = await envCheck(system)
  const report = JSON.parse(whole.stdout) as Report
  prove(
    'what it looks at',
    report.checks.map(({ name }) => name),
  ).equals(all)
  prove('what it misses on a system that runs', failed(whole)).isEmpty()
  prove('its exit code then', whole.code).equals(0)

  const short = await checkShort(system)
  prove('where it may take 300 MiB of memory', failed(short)).equals(['memory'])
  prove('its exit code then', short.code).equals(1)

  const redis = createClient({ url: system.services.redis.url })
  await redis.connect()
  try {
    await sql.run('alter function get_etf_universe rename to get_etf_universe_gone')
    await sql.run('alter table cache_entries rename column liquidity_filter to filter_gone')
    await redis.configSet('maxmemory-policy', 'allkeys-lru')
    await redis.select(14)
    await redis.set('left-over', '1')
    const broken = await envCheck(system)
    prove(
      'without a function, a column, an empty database and a safe policy',
      failed(broken),
    ).equals(['schema', 'functions', 'redis database 14', 'redis memory'])
    prove('its exit code then', broken.code).equals(1)
  } finally {
    await redis.flushDb()
    await redis.configSet('maxmemory-policy', 'noeviction')
    redis.destroy()
    await sql.run('alter table cache_entries rename column filter_gone to liquidity_filter')
    await sql.run('alter function get_etf_universe_gone rename to get_etf_universe')
  }
})

claim('TICK-T-36', async ({ system, prove }) => {
  const empty = await envCheck(system, () => ({
    DATABASE_URL: `postgres://nobody@${nowhere}/nothing`,
    REDIS_URL: `redis://${nowhere}`,
  }))
  prove('what it misses where there is nothing', failed(empty)).equals(
    all.filter((name) => name !== 'memory'),
  )
  prove('it ends the job there', empty.code).equals(1)

  const example = join(import.meta.dirname, '../../../../docs/examples/ci/verify.yml')
  const job = readFileSync(example, 'utf8')
  const steps = [
    'services:',
    '--health-cmd',
    'env-check',
    'verify -- tickstock',
    '.etalon/runs/latest',
  ]
  const places = steps.map((step) => job.indexOf(step))
  prove('the job has services it waits for, the check, the run, what it found', places).satisfies(
    'each there, in this order',
    (found) => found.every((place, index) => place > (found[index - 1] ?? -1)),
  )
})
