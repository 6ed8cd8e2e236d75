import { claim, eventually, ok, type Actor, type ClaimContext } from 'etalon'
import { interactionCosts } from '../interaction-cost.ts'
import type { Relationship } from '../character-state.ts'
import { meeting, setScene, type Character, type Scene } from '../scene.ts'

/** An event as the feed tells it. */
interface Told {
  readonly seq: number
  readonly type: string
  readonly data: Readonly<Record<string, unknown>>
}

/** What somebody who only hears the events knows of an ecosystem. */
interface Picture {
  readonly energy: Map<string, number>
  readonly count: Map<string, number>
  readonly pairs: Map<string, { strength: number; trust: number; familiarity: number; met: number }>
}

const words = ['I love this', 'I hate this', 'It rains', 'Great work, my friend', 'You are awful']

claim(['CHAR-T-62', 'CHAR-T-24'], { timeoutMs: 120_000 }, async (context) => {
  const { system, histories, prove } = context
  const scene = await setScene(system, { characters: 6, settings: { energy_regen: 0 } })
  const { owner, ecosystem, characters } = scene
  const history = await histories.concurrently(
    {
      actors: 6,
      operations: 150,
      input: (_index, random) => {
        const [one, other] = random.shuffle(characters) as [Character, Character]
        const type = random.pick(Object.keys(interactionCosts))
        return { one, other, type, said: random.pick(words), rests: random.fraction() < 0.15 }
      },
    },
    async ({ one, other, type, said, rests }) => {
      const answer = rests
        ? await owner.post(`/api/v1/characters/${one.id}/rest`)
        : await owner.post('/api/v1/interactions', meeting(one, other, type, said))
      return ok(answer.status)
    },
  )
  const statuses = new Set(history.ok.map(({ outcome }) => 'output' in outcome && outcome.output))
  prove('answers', [...statuses]).satisfies('done or refused', (all) =>
    all.every((status) => [200, 201, 409].includes(Number(status))),
  )
  const events = await eventsOf(context, scene)
  const outOfBounds: unknown[] = []
  const picture = replay(events, outOfBounds)
  prove('events told', events.length).isAtLeast(20)
  prove(
    'numbers of the events',
    events.map(({ seq }) => seq),
  ).equals(events.map((_event, at) => at + 1))
  prove('states beyond their bounds on the way', outOfBounds).isEmpty()
  const there = await pictureOf(owner, ecosystem)
  prove('energy, rebuilt from the events', sorted(picture.energy)).equals(sorted(there.energy))
  prove('counts, rebuilt', sorted(picture.count)).equals(sorted(there.count))
  prove('relationships, rebuilt', sorted(picture.pairs)).equals(sorted(there.pairs))
})

/** Begins with what creation tells, and applies to it what each event says has changed. */
function replay(events: readonly Told[], outOfBounds: unknown[]): Picture {
  const picture: Picture = { energy: new Map(), count: new Map(), pairs: new Map() }
  const { energy, count, pairs } = picture
  const change = (id: string, by: number): void => {
    const left = Math.min(1_000, (energy.get(id) ?? Number.NaN) + by)
    if (!(left >= 0)) outOfBounds.push({ id, left })
    energy.set(id, left)
  }
  for (const { type, data } of events) {
    if (type === 'character_created') {
      energy.set(String(data['id']), 1_000)
      count.set(String(data['id']), 0)
    } else if (type === 'energy_recovered') {
      for (const { id } of data['characters'] as { id: string }[]) change(id, 250)
    } else if (type === 'character_interaction') {
      const cost = interactionCosts[String(data['interaction_type'])] ?? Number.NaN
      for (const [role, share] of [
        ['initiator_id', 1],
        ['target_id', 0.8],
      ] as const) {
        const id = String(data[role])
        change(id, -cost * share)
        count.set(id, (count.get(id) ?? 0) + 1)
      }
    } else if (type === 'relationship_change') {
      const key = `${String(data['a'])} ${String(data['b'])}`
      const before = pairs.get(key) ?? { strength: 0, trust: 0.5, familiarity: 0, met: 0 }
      const after = {
        strength: rounded(before.strength + Number(data['strength_change'])),
        trust: rounded(before.trust + Number(data['trust_change'])),
        familiarity: rounded(before.familiarity + Number(data['familiarity_change'])),
        met: before.met + 1,
      }
      pairs.set(key, after)
      const isWithin = Math.abs(after.strength) <= 1 && after.trust >= 0 && after.trust <= 1
      if (!isWithin) outOfBounds.push(after)
    }
  }
  return picture
}

/** The same picture as the API gives it. */
async function pictureOf(owner: Actor, ecosystem: string): Promise<Picture> {
  const path = `/api/v1/ecosystems/${ecosystem}`
  const all = await owner.get<{ items: Character[] }>(`${path}/characters`).expect(200)
  const related = await owner.get<{ items: Relationship[] }>(`${path}/relationships`).expect(200)
  return {
    energy: new Map(
      all.body.items.map(({ id, social_energy }) => [id, Math.round(social_energy * 1_000)]),
    ),
    count: new Map(all.body.items.map(({ id, interaction_count }) => [id, interaction_count])),
    pairs: new Map(
      related.body.items.map((each) => [
        `${each.character_a_id} ${each.character_b_id}`,
        {
          strength: each.strength,
          trust: each.trust,
          familiarity: each.familiarity,
          met: each.interaction_count,
        },
      ]),
    ),
  }
}

/** All events of the ecosystem, once all are numbered. */
async function eventsOf(
  { sql }: ClaimContext,
  { owner, ecosystem }: Scene,
): Promise<readonly Told[]> {
  await eventually(
    () =>
      sql.value<boolean>(
        'select not exists (select from events where ecosystem_id = $1 and seq is null)',
        [ecosystem],
      ),
    10_000,
  )
  const path = `/api/v1/ecosystems/${ecosystem}/events?after_seq=0&limit=500`
  return (await owner.get<{ items: Told[] }>(path).expect(200)).body.items
}

function sorted<Value>(values: ReadonlyMap<string, Value>): [string, Value][] {
  return [...values].toSorted(([one], [other]) => (one < other ? -1 : 1))
}

/** Eight decimals, as the API tells them. */
function rounded(value: number): number {
  return Math.round(value * 1e8) / 1e8
}
