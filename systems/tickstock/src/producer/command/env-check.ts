import type { Command } from 'commander'
import { loadConfig } from 'service-kit'
import { producerEnvironment } from '../config.ts'
import { checkDatabase } from '../environment/database.ts'
import { checkMemory } from '../environment/memory.ts'
import { checkRedis } from '../environment/redis.ts'
import { runCommand, type CommandContext } from './command.ts'

/** `env-check` */
export function addEnvCheckCommand(program: Command): void {
  program
    .command('env-check')
    .description(
      'look whether all that is needed is there: database, schema, functions, Redis, memory',
    )
    .action(() => runCommand(checkEnvironment))
}

async function checkEnvironment({ pool }: CommandContext): Promise<object> {
  const { REDIS_URL } = loadConfig(producerEnvironment.pick({ REDIS_URL: true }))
  const checks = [...(await checkDatabase(pool)), ...(await checkRedis(REDIS_URL)), checkMemory()]
  const ok = checks.every((one) => one.ok)
  if (!ok) process.exitCode = 1
  return { ok, checks }
}
