import { expect, test } from 'vitest'
import type { CharacterView, LinkView } from '../api.ts'
import type { EcosystemEvent } from '../live/ecosystem-event.ts'
import { stranger } from './beginning.ts'
import type { History } from './history.ts'
import { pastAt } from './past.ts'

const [ada, bo, cleo] = ['ada', 'bo', 'cleo'] as const
const emotions = { initiator: {}, target: {} }

type Told = Pick<EcosystemEvent, 'type' | 'data'>

const created = (id: string): Told => ({ type: 'character_created', data: { id, name: id } })
const deleted = (id: string): Told => ({ type: 'character_deleted', data: { id, name: id } })
const rested = (id: string, energy: number): Told => ({
  type: 'energy_recovered',
  data: { characters: [{ id, energy }] },
})

/** The three events of one meeting. */
function met(number: number, strength: number, energy: number): Told[] {
  const names = { a: ada, b: bo, interaction_id: `${number}` }
  return [
    {
      type: 'character_interaction',
      data: {
        interaction_id: `${number}`,
        interaction_type: 'chat',
        initiator_id: ada,
        target_id: bo,
        content: 'Hello',
        response: 'Hello',
        sentiment: 0,
        emotions,
      },
    },
    {
      type: 'relationship_change',
      data: {
        ...names,
        type: 'neutral',
        type_before: 'neutral',
        strength,
        trust: 0.5,
        familiarity: 0.1,
        strength_change: 0.25,
      },
    },
    {
      type: 'character_state_change',
      data: { characters: [ada, bo].map((id) => ({ id, energy })) },
    },
  ]
}

const numbered = (told: readonly Told[]): EcosystemEvent[] =>
  told.map((one, index) => {
    const timestamp = new Date(index * 1_000).toISOString()
    return { ...one, id: `event ${index}`, seq: index + 1, timestamp } as EcosystemEvent
  })

const now = (id: string, social_energy: number, interaction_count: number): CharacterView => ({
  ...stranger({ id, name: id }),
  social_energy,
  interaction_count,
})

const link = (strength: number, count: number): LinkView => ({
  a: ada,
  b: bo,
  strength,
  trust: 0.5,
  familiarity: 0.1,
  type: 'neutral',
  count,
  last: null,
})

/** Two come, meet twice, a third comes and leaves, the first rests. */
const whole: History = {
  events: numbered([
    created(ada),
    created(bo),
    ...met(1, 0.25, 0.75),
    created(cleo),
    ...met(2, 0.5, 0.5),
    deleted(cleo),
    rested(ada, 0.75),
  ]),
  characters: [now(ada, 0.8, 2), now(bo, 0.6, 2)],
  links: [link(0.5, 2)],
}

const shortly = (history: History, count: number): string => {
  const { characters, links, lines } = pastAt(history, count)
  const people = characters.map(
    ({ id, social_energy, interaction_count: times }) => `${id} ${social_energy} ${times}`,
  )
  const known = links.map(({ a, b, strength, count: times }) => `${a}-${b} ${strength} ${times}`)
  return [...people, ...known, `${lines.length} lines`].join(', ')
}

test('each event is taken in, the first and the last too', () => {
  expect([0, 1, 2, 3, 4, 5, 6].map((count) => shortly(whole, count))).toEqual([
    '0 lines',
    'ada 1 0, 1 lines',
    'ada 1 0, bo 1 0, 2 lines',
    'ada 1 1, bo 1 1, 3 lines',
    'ada 1 1, bo 1 1, ada-bo 0.25 1, 3 lines',
    'ada 0.75 1, bo 0.75 1, ada-bo 0.25 1, 3 lines',
    'ada 0.75 1, bo 0.75 1, cleo 1 0, ada-bo 0.25 1, 4 lines',
  ])
  expect(shortly(whole, 11)).toBe('ada 0.75 2, bo 0.5 2, ada-bo 0.5 2, 7 lines')
})

test('a history that begins later begins with what came before it', () => {
  const later = { ...whole, events: whole.events.slice(6) }
  expect(shortly(later, 0)).toBe('ada 0.5 1, bo 0.5 1, cleo 1 0, ada-bo 0.25 1, 0 lines')
  expect(shortly(later, 3)).toBe('ada 0.5 2, bo 0.5 2, cleo 1 0, ada-bo 0.5 2, 1 lines')
  expect(shortly(later, 5)).toBe('ada 0.75 2, bo 0.5 2, ada-bo 0.5 2, 3 lines')
})

test('who is gone and whom nobody knows any more leaves with the links', () => {
  const events = numbered([created(ada), created(bo), ...met(1, 0.25, 0.75), deleted(bo)])
  const history = { events, characters: [now(ada, 0.75, 1)], links: [] }
  expect(shortly(history, 5)).toBe('ada 0.75 1, bo 0.75 1, ada-bo 0.25 1, 3 lines')
  expect(shortly(history, 6)).toBe('ada 0.75 1, 4 lines')
})
