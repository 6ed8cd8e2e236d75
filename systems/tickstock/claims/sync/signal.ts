import type { ClaimContext } from 'etalon'
import { tellEnd } from './synchronization.ts'

const stream = 'tickstock.eod.complete'

/** A day whose end is a signal like any other, and opens no run. */
export const yetToCome = '2099-01-05'

/** Gives the synchronizers a signal that only ends a turn of the one who takes it. */
export function signalTurn({ sql }: Pick<ClaimContext, 'sql'>): Promise<void> {
  return tellEnd(sql, yetToCome)
}

/** Whether every signal that was given has been taken. */
export async function isTaken({
  sql,
  messages,
}: Pick<ClaimContext, 'sql' | 'messages'>): Promise<boolean> {
  const unsent = 'select count(*) from outbox where channel = $1 and published_at is null'
  if ((await sql.value<number>(unsent, [stream])) > 0) return false
  const owed = await messages.backlog(stream, 'synchronizer')
  return owed !== undefined && owed.lag + owed.pending === 0
}
