import type { z } from 'zod'
import type { Dashboard, PoolAnswer } from '../schema/monitor.ts'
import type { backupStatus } from '../schema/backup.ts'
import type { Caller } from './caller.ts'
import { walk } from './step.ts'

/** What JSON makes of an answer: moments are texts. */
export type Wire<Value> = Value extends Date
  ? string
  : Value extends readonly (infer Item)[]
    ? Wire<Item>[]
    : Value extends object
      ? { [Name in keyof Value]: Wire<Value[Name]> }
      : Value

export async function readPool(operator: Caller): Promise<PoolAnswer> {
  return read(operator, '/database/connections/metrics')
}

export async function readDashboard(operator: Caller): Promise<Wire<Dashboard>> {
  return read(operator, '/database/monitoring/dashboard')
}

export async function readBackups(operator: Caller): Promise<Wire<z.infer<typeof backupStatus>>> {
  return read(operator, '/database/backup/status')
}

async function read<Answer>(operator: Caller, path: string): Promise<Answer> {
  const [answer] = await walk(operator, [[200, 'GET', path]])
  return answer.body as Answer
}
