import type { QueryClient } from '@tanstack/react-query'
import { charactersOf, linksOf, readCharacter, type CharacterView, type LinkView } from '../api.ts'
import type { EcosystemEvent } from './ecosystem-event.ts'

const gatherMs = 200
/** Reading more than these one by one costs more than reading all. */
const readOneByOneMax = 12

/** Keeps what the page has read equal to what is told. */
export interface LiveData {
  heard(events: readonly EcosystemEvent[]): void
  stop(): void
}

/**
 * Puts what an event says into what was read. What it does not say (how often somebody has
 * interacted, what was edited) is read again, once for all events within {@link gatherMs}.
 */
export function createLiveData(queryClient: QueryClient, ecosystem: string): LiveData {
  const { queryKey: characters } = charactersOf(ecosystem)
  const { queryKey: links } = linksOf(ecosystem)
  const due = new Set<string>()
  let timer: ReturnType<typeof setTimeout> | undefined
  const read = async (): Promise<void> => {
    timer = undefined
    const ids = [...due]
    due.clear()
    if (ids.length > readOneByOneMax) {
      return queryClient.invalidateQueries({ queryKey: characters })
    }
    const found = await Promise.allSettled(ids.map(readCharacter))
    const fresh = found.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
    queryClient.setQueryData<readonly CharacterView[]>(characters, (known) =>
      known === undefined ? known : merged(known, fresh),
    )
  }
  return {
    heard(events) {
      queryClient.setQueryData<readonly CharacterView[]>(characters, (known) =>
        known === undefined ? known : withStates(known, events),
      )
      queryClient.setQueryData<readonly LinkView[]>(links, (known) =>
        known === undefined ? known : withLinks(known, events),
      )
      for (const id of events.flatMap(toRead)) due.add(id)
      if (due.size > 0) timer ??= setTimeout(() => void read(), gatherMs)
    },
    stop: () => clearTimeout(timer),
  }
}

function toRead(event: EcosystemEvent): readonly string[] {
  if (event.type === 'character_created') return [event.data.id]
  if (event.type === 'character_interaction') {
    return [event.data.initiator_id, event.data.target_id]
  }
  if (event.type === 'character_state_change') {
    return event.data.characters.filter(({ changed }) => changed).map(({ id }) => id)
  }
  return []
}

function merged(
  known: readonly CharacterView[],
  fresh: readonly CharacterView[],
): readonly CharacterView[] {
  const byId = new Map(fresh.map((one) => [one.id, one]))
  const changed = known.map((one) => {
    const newer = byId.get(one.id)
    byId.delete(one.id)
    return newer ?? one
  })
  return [...changed, ...byId.values()]
}

/** The characters after some events; the same list where none of them is concerned. */
function withStates(
  known: readonly CharacterView[],
  events: readonly EcosystemEvent[],
): readonly CharacterView[] {
  const states = new Map<string, Partial<CharacterView>>()
  const gone = new Set<string>()
  for (const event of events) {
    if (event.type === 'character_deleted') gone.add(event.data.id)
    if (event.type !== 'character_state_change' && event.type !== 'energy_recovered') continue
    for (const { id, energy, emotions } of event.data.characters) {
      states.set(id, {
        ...states.get(id),
        ...(energy === undefined ? {} : { social_energy: energy }),
        ...(emotions === undefined ? {} : { emotions }),
      })
    }
  }
  if (states.size === 0 && gone.size === 0) return known
  return known
    .filter(({ id }) => !gone.has(id))
    .map((one) => (states.has(one.id) ? { ...one, ...states.get(one.id) } : one))
}

/** The links after some events; the same list where none of them is concerned. */
function withLinks(
  known: readonly LinkView[],
  events: readonly EcosystemEvent[],
): readonly LinkView[] {
  const changes = new Map<string, LinkView>()
  const gone = new Set<string>()
  const counts = new Map<string, number>()
  for (const event of events) {
    if (event.type === 'character_deleted') gone.add(event.data.id)
    if (event.type !== 'relationship_change') continue
    const { a, b, strength, trust, familiarity, type } = event.data
    const key = `${a} ${b}`
    counts.set(key, (counts.get(key) ?? 0) + 1)
    const last = event.timestamp
    changes.set(key, { a, b, strength, trust, familiarity, type, count: 0, last })
  }
  if (changes.size === 0 && gone.size === 0) return known
  const kept = known.map((link) => {
    const key = `${link.a} ${link.b}`
    const change = changes.get(key)
    if (change === undefined) return link
    changes.delete(key)
    return { ...change, count: link.count + (counts.get(key) ?? 0) }
  })
  const made = [...changes].map(([key, link]) => ({ ...link, count: counts.get(key) ?? 1 }))
  return [...kept, ...made].filter(({ a, b }) => !gone.has(a) && !gone.has(b))
}
