import { eventually, type SystemHandle } from 'etalon'
import type { Expansion } from '../expansion.ts'
import { done } from './command.ts'

const patienceMs = 30_000

/** Universes of ETFs, bars for the members of one, and a synchronization that is over. */
export async function fillMarket(system: SystemHandle): Promise<void> {
  await done(system, 'reference', 'load')
  await done(system, 'etf-universe', 'expand')
  await done(system, 'loader', '--universe', 'etf_sectors', '--days', '60')
  await done(system, 'cache-sync', 'run-now')
  const isSynchronized = (): Promise<boolean> =>
    system.sql.value<boolean>(
      `select count(*) > 0 and bool_and(status <> 'running') from sync_runs`,
    )
  if (!(await eventually(isSynchronized, patienceMs))) throw new Error('it was not synchronized')
}

/**
 * Works while every candidate of a theme is a member of its universe, as with a filter that asks
 * nothing: the themes' own leave half of them. What comes after finds the universes as they were.
 *
 * @param work is told how many symbols the universes have
 */
export async function whileFull(
  system: SystemHandle,
  work: (symbols: number) => Promise<void>,
): Promise<void> {
  await work(await fillUniverses(system))
  await done(system, 'etf-universe', 'expand')
}

async function fillUniverses(system: SystemHandle): Promise<number> {
  const { universes } = await done<Expansion>(system, 'etf-universe', 'expand')
  for (const { universe, accepted, rejected } of universes) {
    const symbols = [...accepted, ...rejected.map(({ symbol }) => symbol)]
    await system.sql.run(
      `select change_universe($1, $2, 'manual', 'every candidate', p_category => 'ETF')`,
      [universe, symbols],
    )
  }
  return system.sql.value<number>(
    'select count(distinct symbol) from validate_etf_universe_symbols()',
  )
}

let filling: Promise<void> | undefined

/** The market of an instance is filled by the first claim that needs it. */
export function filledMarket(system: SystemHandle): Promise<void> {
  return (filling ??= fillMarket(system))
}
