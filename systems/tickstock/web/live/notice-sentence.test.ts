import { describe, expect, test } from 'vitest'
import type { Channel } from '../../src/message/channel.ts'
import type { Payload } from '../../src/message/payload.ts'
import { sentenceOf, type NoticeSentence } from './notice-sentence.ts'

function told<Name extends Channel>(channel: Name, payload: Payload<Name>): NoticeSentence {
  return sentenceOf({
    id: '00000000-0000-4000-8000-000000000001',
    channel,
    seq: 1,
    timestamp: '2026-11-20T21:00:00.000Z',
    service: 'tickstock-producer',
    event_type: 'of_a_kind',
    version: 1,
    payload,
  })
}

const spaced = (text: string | null): string => (text ?? '').replaceAll('\u00A0', ' ')

const change = (action: string, symbol: string) => ({ action, symbol, reason: 'filter' })

describe('a notice in words', () => {
  test('of a universe that changed', () => {
    const actions = [change('added', 'BND'), change('added', 'TLT'), change('removed', 'HYG')]
    const said = told('tickstock.universe.updated', {
      universe: 'etf_bonds',
      theme: 'bonds',
      change_count: 3,
      actions,
    })
    expect(said).toMatchObject({
      title: 'Bonds ETFs: 2 added, 1 removed',
      detail: 'Added BND and TLT. Removed HYG.',
      path: '/ui/universes/etf_bonds',
    })
  })

  test('of many symbols, the first of them', () => {
    const symbols = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H']
    const { detail } = told('tickstock.universe.updated', {
      universe: 'top_100',
      change_count: 8,
      actions: symbols.map((symbol) => change('added', symbol)),
    })
    expect(detail).toBe('Added A, B, C, D, E, F and 2 more.')
  })

  test('of more changes than it names, as many as there were', () => {
    const actions = [
      change('removed', 'Z'),
      ...Array.from('ABCDEFG', (one) => change('added', one)),
    ]
    const said = told('tickstock.universe.updated', {
      universe: 'top_2000',
      change_count: 1_500,
      added_count: 1_200,
      removed_count: 300,
      actions,
    })
    expect(said).toMatchObject({
      title: 'Top 2000: 1,200 added, 300 removed',
      detail: 'Added A, B, C, D, E, F and 1,194 more. Removed Z and 299 more.',
      tone: 'warn',
    })
  })

  test('of more changes than were named before there were counts of either, no more than it knows', () => {
    const actions = [change('added', 'A'), change('added', 'B')]
    const payload = { universe: 'top_2000', change_count: 1_500, actions }
    expect(told('tickstock.universe.updated', payload)).toMatchObject({
      title: 'Top 2000: 1,500 changes',
      detail: 'Added A and B, among others.',
      tone: 'plain',
    })
  })

  test('of an expansion', () => {
    const said = told('tickstock.universe.updated', {
      change_count: 288,
      actions: [],
      summary: { themes: 11, candidates: 288, accepted: 251, rejected: 37 },
    })
    expect([said.title, said.detail]).toEqual([
      '11 themes expanded with 288 changes',
      '251 of 288 candidates met their filter',
    ])
  })

  test.each([
    ['completed', true, '20 Nov 2026 completed', 'within', 'good'],
    ['completed', false, '20 Nov 2026 completed', 'beyond', 'warn'],
    ['failed', true, '20 Nov 2026 failed', 'within', 'bad'],
  ] as const)('of a synchronization that %s, within its window: %s', (...row) => {
    const [status, within_window, title, window, tone] = row
    const said = told('tickstock.cache.sync_complete', {
      run_id: '0199aaaa-0000-7000-8000-000000000001',
      trading_day: '2026-11-20',
      status,
      total_changes: 1,
      task_summary: {},
      changes_by_type: {},
      within_window,
      window_ms: 2_700_000,
    })
    expect(spaced(said.title)).toBe(`Synchronization of ${title}`)
    expect(spaced(said.detail)).toBe(`1 change, ${window} its window of 45 min`)
    expect(said.tone).toBe(tone)
    expect(said.path).toBe('/ui/synchronization/0199aaaa-0000-7000-8000-000000000001')
  })

  test('of a day that was skipped, and of a window that was not told yet', () => {
    const run = {
      run_id: '0199aaaa-0000-7000-8000-000000000001',
      trading_day: '2026-11-20',
      total_changes: 0,
      task_summary: {},
      changes_by_type: {},
    }
    const channel = 'tickstock.cache.sync_complete'
    const skipped = told(channel, { ...run, status: 'skipped', within_window: false })
    expect(spaced(`${skipped.title}. ${skipped.detail}`)).toBe(
      'Synchronization of 20 Nov 2026 was skipped. Its end was never told, so nothing was done',
    )
    const { detail } = told(channel, { ...run, status: 'completed', within_window: true })
    expect(detail).toBe('0 changes, within its window')
  })

  test.each([
    [0.2, 0.45, 'XLK moves closer to SPY', 'went from 0.2 to 0.45'],
    [0.9, 0.6, 'XLK moves away from SPY', 'went from 0.9 to 0.6'],
    [null, 0.6, 'XLK is now compared with SPY', 'is 0.6'],
  ])('of a correlation from %s to %s', (before, after, title, course) => {
    const said = told('tickstock.etf.correlation_update', {
      symbol: 'XLK',
      benchmark: 'SPY',
      window_days: 60,
      before,
      after,
      as_of: '2026-11-20',
    })
    expect(said.title).toBe(title)
    expect(spaced(said.detail)).toBe(`Correlation over 60 days ${course}, as of 20 Nov 2026`)
  })

  test('of a listing and a delisting', () => {
    const payload = { symbol: 'NEWCO', universes: ['large_cap', 'top_500'], reason: 'size 12.5e9' }
    expect(told('tickstock.cache.ipo_assignment', payload)).toMatchObject({
      title: 'NEWCO is new and joined Large cap and Top 500',
      detail: 'Size 12.5e9',
    })
    expect(told('tickstock.cache.delisting_cleanup', { ...payload, universes: [] }).title).toBe(
      'NEWCO was delisted and left no universe',
    )
  })

  test('of a validation, which universes are not healthy', () => {
    const state = (universe: string, missing: number) => ({
      universe,
      found: 10,
      missing,
      active: 10,
      healthy: missing < 5,
    })
    const said = told('tickstock.universe.validation_complete', {
      universes: [state('etf_bonds', 0), state('etf_value', 7)],
    })
    expect([said.title, said.detail]).toEqual([
      '2 universes validated, 1 not healthy',
      'Value ETFs: 7 missing',
    ])
  })

  test('of the end of a day, and of a scenario', () => {
    const day = told('tickstock.eod.complete', { trading_day: '2026-11-20', symbols: 1_288 })
    expect(spaced(`${day.title}. ${day.detail}`)).toBe(
      'Trading day 20 Nov 2026 is complete. Bars of 1,288 symbols are loaded',
    )
    const scenario = { scenario: 'crash_2020', symbol: 'TEST_CRASH_2020', bars: 252 }
    expect(told('tickstock.scenario.loaded', scenario)).toMatchObject({
      title: 'Scenario Crash 2020 was loaded',
      path: '/ui/scenarios/TEST_CRASH_2020',
    })
  })

  test('of a kind that it does not know, at least its name', () => {
    expect(told('tickstock.moon.eclipse' as Channel, {} as never)).toMatchObject({
      title: 'Of a kind',
      detail: 'tickstock.moon.eclipse',
    })
  })
})
