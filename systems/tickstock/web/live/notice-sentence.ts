import {
  counted,
  formatDay,
  formatMs,
  formatNumber,
  sentence,
  type IconName,
  type Tone,
} from 'page-kit'
import type { Channel } from '../../src/message/channel.ts'
import type { Payload } from '../../src/message/payload.ts'
import { reasonText } from '../figure.ts'
import { paths, runPath, scenarioPath, universePath } from '../path.ts'
import { nameOfUniverse } from '../universe/universe-name.ts'
import type { Notice } from './notice.ts'

/** A notice in words. */
export interface NoticeSentence {
  readonly title: string
  /** Symbols and reasons, where there are any. */
  readonly detail: string | null
  readonly icon: IconName
  readonly tone: Tone
  /** The page on which there is more about it. */
  readonly path: string | null
}

type Writers = { readonly [Name in Channel]: (payload: Payload<Name>) => NoticeSentence }

const symbolsShown = 6

const writers: Writers = {
  'tickstock.universe.updated': (payload) =>
    payload.universe === undefined
      ? expansionSentence(payload)
      : universeSentence(payload.universe, payload),

  'tickstock.cache.sync_complete': ({
    trading_day,
    status,
    total_changes,
    within_window,
    window_ms,
    run_id,
  }) => ({
    title: `Synchronization of ${formatDay(trading_day)} ${runWords[status]}`,
    detail:
      status === 'skipped'
        ? 'Its end was never told, so nothing was done'
        : `${counted(total_changes, 'change')}, ${within_window ? 'within' : 'beyond'} its window${
            window_ms === undefined ? '' : ` of ${formatMs(window_ms)}`
          }`,
    icon: 'sync',
    tone: status === 'completed' && within_window ? 'good' : status === 'failed' ? 'bad' : 'warn',
    path: runPath(run_id),
  }),

  'tickstock.etf.correlation_update': ({
    symbol,
    benchmark,
    window_days,
    before,
    after,
    as_of,
  }) => ({
    title: `${symbol} ${movement(before, after)} ${benchmark}`,
    detail: `Correlation over ${window_days} days ${
      before === null ? 'is' : `went from ${formatNumber(before)} to`
    } ${formatNumber(after)}, as of ${formatDay(as_of)}`,
    icon: 'rise',
    tone: 'info',
    path: null,
  }),

  'tickstock.cache.ipo_assignment': ({ symbol, universes, reason }) => ({
    title: `${symbol} is new and joined ${listed(universes.map(nameOfUniverse))}`,
    detail: reasonText(reason),
    icon: 'send',
    tone: 'good',
    path: universes[0] === undefined ? null : universePath(universes[0]),
  }),

  'tickstock.cache.delisting_cleanup': ({ symbol, universes, reason }) => ({
    title: `${symbol} was delisted and left ${listed(universes.map(nameOfUniverse))}`,
    detail: reasonText(reason),
    icon: 'leave',
    tone: 'warn',
    path: universes[0] === undefined ? null : universePath(universes[0]),
  }),

  'tickstock.eod.complete': ({ trading_day, symbols }) => ({
    title: `Trading day ${formatDay(trading_day)} is complete`,
    detail: `Bars of ${counted(symbols, 'symbol')} are loaded`,
    icon: 'clock',
    tone: 'info',
    path: null,
  }),

  'tickstock.scenario.loaded': ({ scenario, symbol, bars }) => ({
    title: `Scenario ${sentence(scenario)} was loaded`,
    detail: `${counted(bars, 'bar')} as ${symbol}`,
    icon: 'candles',
    tone: 'info',
    path: scenarioPath(symbol),
  }),

  'tickstock.universe.validation_complete': ({ universes }) => {
    const ill = universes.filter(({ healthy }) => !healthy)
    return {
      title: `${counted(universes.length, 'universe')} validated, ${
        ill.length === 0 ? 'all healthy' : `${formatNumber(ill.length)} not healthy`
      }`,
      detail:
        ill.length === 0
          ? null
          : ill
              .map(({ universe, missing }) => `${nameOfUniverse(universe)}: ${missing} missing`)
              .join(', '),
      icon: 'check',
      tone: ill.length === 0 ? 'good' : 'warn',
      path: paths.universes,
    }
  },
}

const runWords = {
  completed: 'completed',
  partial: 'completed in part',
  failed: 'failed',
  skipped: 'was skipped',
} as const

/** Says in words what a notice tells; one of a kind that is not known is named at least. */
export function sentenceOf({ channel, event_type, payload }: Notice): NoticeSentence {
  const write = (writers as Readonly<Record<string, (payload: never) => NoticeSentence>>)[channel]
  if (write) return write(payload as never)
  return { title: sentence(event_type), detail: channel, icon: 'info', tone: 'plain', path: null }
}

type UniversePayload = Payload<'tickstock.universe.updated'>

function expansionSentence({ change_count, summary }: UniversePayload): NoticeSentence {
  const told = (name: string): number | undefined =>
    typeof summary?.[name] === 'number' ? summary[name] : undefined
  const [themes, candidates, accepted] = ['themes', 'candidates', 'accepted'].map(told)
  return {
    title: `${counted(themes ?? 0, 'theme')} expanded with ${counted(change_count, 'change')}`,
    detail:
      candidates === undefined || accepted === undefined
        ? null
        : `${formatNumber(accepted)} of ${counted(candidates, 'candidate')} met their filter`,
    icon: 'layers',
    tone: 'plain',
    path: paths.universes,
  }
}

function universeSentence(key: string, payload: UniversePayload): NoticeSentence {
  const { actions, change_count } = payload
  const [added, removed] = ['added', 'removed'].map((kind) =>
    actions.filter(({ action }) => action === kind).map(({ symbol }) => symbol),
  ) as [string[], string[]]
  const { added_count = added.length, removed_count = removed.length } = payload
  // A message of before either was counted says how many there were in all.
  const isCounted = added_count + removed_count === change_count
  const counts = isCounted
    ? [
        added_count > 0 && `${formatNumber(added_count)} added`,
        removed_count > 0 && `${formatNumber(removed_count)} removed`,
      ]
    : [counted(change_count, 'change')]
  const listedOf = (symbols: readonly string[], count: number): string =>
    isCounted ? listed(symbols, count) : `${listed(symbols)}, among others`
  const details = [
    added.length > 0 && `Added ${listedOf(added, added_count)}`,
    removed.length > 0 && `Removed ${listedOf(removed, removed_count)}`,
  ].filter((part) => part !== false)
  return {
    title: `${nameOfUniverse(key)}: ${counts.filter((part) => part !== false).join(', ') || 'metadata changed'}`,
    detail: details.length === 0 ? null : `${details.join('. ')}.`,
    icon: 'layers',
    tone: !isCounted ? 'plain' : removed_count > 0 ? 'warn' : 'good',
    path: universePath(key),
  }
}

/** `A, B and C`, or `A, B, C, D, E, F and 12 more` where there are so many, named or not. */
function listed(words: readonly string[], count = words.length): string {
  if (count === 0) return 'no universe'
  const shown = words.slice(0, symbolsShown)
  if (count > shown.length) {
    return `${shown.join(', ')} and ${formatNumber(count - shown.length)} more`
  }
  const last = shown.at(-1) ?? ''
  return shown.length === 1 ? last : `${shown.slice(0, -1).join(', ')} and ${last}`
}

function movement(before: number | null, after: number): string {
  if (before === null) return 'is now compared with'
  return Math.abs(after) > Math.abs(before) ? 'moves closer to' : 'moves away from'
}
