import { claim } from 'etalon'
import { relationshipOf, setEnergy, setRelationship } from '../character-state.ts'
import { meeting, setScene, type Character, type Interaction } from '../scene.ts'

const path = '/api/v1/interactions'

/** Rates of each kind: strength, familiarity, trust, as the specification gives them. */
const rates: Readonly<Record<string, readonly [number, number, number]>> = {
  greeting: [0.02, 0.02, 0.01],
  chat: [0.05, 0.05, 0.02],
  debate: [0.06, 0.06, 0.02],
  discussion: [0.08, 0.08, 0.03],
  collaboration: [0.1, 0.1, 0.05],
  emotional_support: [0.12, 0.08, 0.04],
  conflict: [0.15, 0.04, 0.05],
}

interface State {
  readonly strength: number
  readonly trust: number
  readonly familiarity: number
}

/** The rules once more, in the words of the specification. */
function expectedChange(before: State, type: string, sentiment: number): State {
  const [strengthRate, familiarityRate, trustRate] = rates[type] as readonly [
    number,
    number,
    number,
  ]
  let strength = strengthRate * sentiment
  const isSameWay = strength * before.strength > 0
  if (Math.abs(before.strength) > 0.5 && isSameWay) strength *= 1 - Math.abs(before.strength)
  let familiarity = familiarityRate
  if (before.familiarity > 0.7) familiarity *= 0.3
  else if (before.familiarity > 0.5) familiarity *= 0.6
  let trust = (type === 'conflict' && sentiment > 0 ? 0.01 : trustRate) * sentiment
  if (trust < 0) trust *= 1.5
  else if (before.trust < 0.3) trust *= 0.5
  return { strength, trust, familiarity }
}

const states: readonly State[] = [
  { strength: 0, trust: 0.5, familiarity: 0 },
  { strength: 0.6, trust: 0.2, familiarity: 0.6 },
  { strength: -0.6, trust: 0.8, familiarity: 0.8 },
]

const tones = ['I love this wonderful day', 'I hate this terrible disaster']

claim(
  ['CHAR-REL-03', 'CHAR-REL-04', 'CHAR-REL-05', 'CHAR-REL-06'],
  async ({ system, sql, prove }) => {
    const { owner, ecosystem, characters } = await setScene(system)
    const pair = characters as [Character, Character]
    const wrong: unknown[] = []
    const hostile: number[] = []
    let tried = 0
    for (const type of Object.keys(rates)) {
      for (const before of states) {
        for (const words of tones) {
          await setEnergy(sql, pair, 1_000)
          await setRelationship(sql, ecosystem, pair, before)
          const asked = { ...meeting(...pair, type, words), seed: 'one' }
          const { body } = await owner.post<Interaction>(path, asked).expect(201)
          const due = expectedChange(before, type, body.sentiment)
          const got = body.relationship_change
          tried += 1
          if (differ(due, got)) wrong.push({ type, before, sentiment: body.sentiment, due, got })
          if (type === 'conflict' && body.sentiment < 0) hostile.push(got.trust)
        }
      }
    }
    prove('kinds, states and words tried', tried).equals(42)
    prove('changes that the rules do not give', wrong).isEmpty()
    prove('hostile conflicts', hostile.length).isAtLeast(3)
    prove('the most that trust rose in one', Math.max(...hostile)).isBelow(0)
  },
)

function differ(due: State, got: State): boolean {
  const fields = ['strength', 'trust', 'familiarity'] as const
  return fields.some((field) => Math.abs(due[field] - got[field]) > 2e-8)
}

claim(['CHAR-T-03', 'CHAR-REL-01', 'CHAR-REL-02'], async ({ system, sql, prove }) => {
  const { owner, characters } = await setScene(system)
  const [one, other] = characters as [Character, Character]
  prove('before they met', await relationshipOf(owner, one, other)).equals(undefined)
  const types: string[] = []
  const familiarity: number[] = [0]
  for (let time = 1; time <= 12; time += 1) {
    await setEnergy(sql, [one, other], 1_000)
    const asked = meeting(one, other, 'collaboration', 'I love how wonderful this is, great work')
    const { body } = await owner.post<Interaction>(path, asked).expect(201)
    const now = await relationshipOf(owner, other, one)
    if (time === 1) {
      prove('what the first meeting starts from', [
        rounded((now?.strength ?? 0) - body.relationship_change.strength),
        rounded((now?.trust ?? 0) - body.relationship_change.trust),
      ]).equals([0, 0.5])
      prove('what they are after it', now?.relationship_type).equals('neutral')
    }
    types.push(now?.relationship_type ?? 'none')
    familiarity.push(now?.familiarity ?? 0)
  }
  prove('what becomes of them', [...new Set(types)]).equals([
    'neutral',
    'acquaintance',
    'friend',
    ...(types.includes('close_friend') ? ['close_friend'] : []),
  ])
  prove('times that familiarity did not grow', countNotAbove(familiarity)).equals(0)
})

function rounded(value: number): number {
  return Math.round(value * 1e8) / 1e8
}

function countNotAbove(values: readonly number[]): number {
  return values.filter((value, at) => at > 0 && value <= (values[at - 1] ?? 0)).length
}

/** What they were, with which strength and trust, and what they have to be after a greeting. */
const turns = [
  ['neutral', 0.25, 0.5, 'neutral'],
  ['neutral', 0.33, 0.2, 'acquaintance'],
  ['acquaintance', 0.27, 0.5, 'acquaintance'],
  ['acquaintance', 0.22, 0.5, 'neutral'],
  ['acquaintance', 0.55, 0.6, 'friend'],
  ['acquaintance', 0.55, 0.4, 'acquaintance'],
  ['friend', 0.47, 0.6, 'friend'],
  ['friend', 0.42, 0.6, 'acquaintance'],
  ['acquaintance', 0.47, 0.6, 'acquaintance'],
  ['friend', 0.75, 0.75, 'close_friend'],
  ['close_friend', 0.67, 0.67, 'close_friend'],
  ['friend', 0.67, 0.67, 'friend'],
  ['neutral', -0.35, 0.5, 'rival'],
  ['rival', -0.28, 0.5, 'rival'],
  ['neutral', -0.28, 0.5, 'neutral'],
  ['rival', -0.22, 0.5, 'neutral'],
  ['rival', -0.75, 0.5, 'enemy'],
  ['enemy', -0.68, 0.5, 'enemy'],
  ['rival', -0.68, 0.5, 'rival'],
  ['enemy', -0.62, 0.5, 'rival'],
] as const

claim('CHAR-REL-07', async ({ system, sql, prove }) => {
  const { owner, ecosystem, characters } = await setScene(system)
  const pair = characters as [Character, Character]
  const wrong: unknown[] = []
  for (const [type, strength, trust, due] of turns) {
    await setEnergy(sql, pair, 1_000)
    await setRelationship(sql, ecosystem, pair, { type, strength, trust })
    await owner.post(path, meeting(...pair)).expect(201)
    const known = await relationshipOf(owner, ...pair)
    if (known?.relationship_type !== due) wrong.push({ type, strength, trust, due, known })
  }
  prove('relationships called otherwise', wrong).isEmpty()
})
