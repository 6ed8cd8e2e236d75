import type { CharacterView, LinkView } from '../api.ts'
import type { EcosystemEvent } from '../live/ecosystem-event.ts'
import type { History } from './history.ts'

/** Who is there and who knows whom, while a history is gone through. */
export interface Cast {
  readonly characters: Map<string, CharacterView>
  readonly links: Map<string, LinkView>
}

type Change = Extract<EcosystemEvent, { type: 'relationship_change' }>['data']

/** What a history says of the time before it. */
interface Hints {
  readonly born: Set<string>
  readonly left: Map<string, string>
  readonly met: Map<string, number>
  readonly energy: Map<string, number>
  readonly links: Map<string, { readonly first: Change; readonly changes: number }>
}

/**
 * How it was before the first event of a history, which need not be the first of all: from how it
 * is after the last one, backwards by what was told.
 */
export function beginningOf({ events, characters, links }: History): Cast {
  const hints = hintsOf(events)
  const gone = [...hints.left].map(([id, name]) => stranger({ id, name }))
  const before = [...characters, ...gone].filter(({ id }) => !hints.born.has(id))
  return {
    characters: new Map(
      before.map((one) => [
        one.id,
        {
          ...one,
          social_energy: hints.energy.get(one.id) ?? one.social_energy,
          interaction_count: Math.max(0, one.interaction_count - (hints.met.get(one.id) ?? 0)),
        },
      ]),
    ),
    links: new Map(links.flatMap((link) => linkBefore(link, hints))),
  }
}

/** A link before its first change; none where that made it. */
function linkBefore(link: LinkView, hints: Hints): [string, LinkView][] {
  const key = linkKey(link)
  const hint = hints.links.get(key)
  if (hint === undefined) return [[key, link]]
  const { first, changes } = hint
  const { type_before: type, strength, strength_change } = first
  const count = link.count - changes
  if (count <= 0) return []
  return [[key, { ...link, type, strength: strength - strength_change, count }]]
}

function hintsOf(events: readonly EcosystemEvent[]): Hints {
  const hints: Hints = {
    born: new Set(),
    left: new Map(),
    met: new Map(),
    energy: new Map(),
    links: new Map(),
  }
  const { born, left, met, energy, links } = hints
  for (const { type, data } of events) {
    if (type === 'character_created') born.add(data.id)
    else if (type === 'character_deleted') left.set(data.id, data.name)
    else if (type === 'relationship_change') {
      const known = links.get(linkKey(data))
      links.set(linkKey(data), { first: known?.first ?? data, changes: (known?.changes ?? 0) + 1 })
    } else if (type === 'character_interaction') {
      for (const id of [data.initiator_id, data.target_id]) met.set(id, (met.get(id) ?? 0) + 1)
    } else {
      for (const one of data.characters) {
        if (one.energy !== undefined && !energy.has(one.id)) energy.set(one.id, one.energy)
      }
    }
  }
  return hints
}

/** Two in the order in which the service names them. */
export function linkKey({ a, b }: { readonly a: string; readonly b: string }): string {
  return `${a} ${b}`
}

/** Somebody who is there no more, and of whom only the name was told. */
export function stranger({
  id,
  name,
}: {
  readonly id: string
  readonly name: string
}): CharacterView {
  const middle = 0.5
  return {
    id,
    name,
    ecosystem_id: '',
    owner_id: '',
    description: '',
    personality_traits: {
      openness: middle,
      conscientiousness: middle,
      extraversion: middle,
      agreeableness: middle,
      neuroticism: middle,
    },
    social_energy: 1,
    autonomy_level: middle,
    is_public: false,
    is_active: true,
    interaction_count: 0,
    last_interaction: null,
    current_context: null,
    emotions: {},
    avatar_url: null,
    version: 0,
    created_at: '',
  }
}
