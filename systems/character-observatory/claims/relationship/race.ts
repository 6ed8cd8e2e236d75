import { checkLinearizable, claim, ok, outcomeOfResponse, type Model, type Outcome } from 'etalon'
import { relationshipOf, setRelationship, type Relationship } from '../character-state.ts'
import { meeting, setScene, type Character, type Interaction } from '../scene.ts'

/** Somebody lets a pair meet, or looks at what they are to each other. */
interface Input {
  readonly pair: number
  readonly deed: 'meet' | 'look'
}

/** How often a pair has met, and how familiar that made them, in hundred millionths. */
interface Known {
  readonly count: number
  readonly familiarity: number
}

/** What a greeting adds, and what they begin with, so that they come to where it adds less. */
const rate = 2_000_000
const familiarAtFirst = 30_000_000

/** A pair that meets for greetings, one at a time; a meeting answers by how much it made them familiar. */
const greetings: Model<Known, Input, Known> = {
  initial: { count: 0, familiarity: familiarAtFirst },
  step(state, { deed }, output) {
    if (deed === 'look') return output === undefined || isSame(state, output) ? state : undefined
    const change = growthAt(state.familiarity)
    if (output !== undefined && output.familiarity !== change) return undefined
    return { count: state.count + 1, familiarity: state.familiarity + change }
  },
  nameOf: ({ count, familiarity }) => `${count} ${familiarity}`,
}

/** CHAR-REL-04: slower above one half and above seven tenths. */
function growthAt(familiarity: number): number {
  if (familiarity > 70_000_000) return Math.round(rate * 0.3)
  return familiarity > 50_000_000 ? Math.round(rate * 0.6) : rate
}

function isSame(one: Known, other: Known): boolean {
  return one.count === other.count && one.familiarity === other.familiarity
}

const pairs = 3
const meetingsOfEach = 18

claim(['CHAR-T-53', 'CHAR-REL-08'], async ({ system, sql, histories, prove }) => {
  const { owner, ecosystem, characters } = await setScene(system, { characters: 2 * pairs })
  const pairOf = (pair: number): [Character, Character] => [
    characters[2 * pair] as Character,
    characters[2 * pair + 1] as Character,
  ]
  for (let pair = 0; pair < pairs; pair += 1) {
    const familiarity = familiarAtFirst / 1e8
    await setRelationship(sql, ecosystem, pairOf(pair), { familiarity })
  }
  const operations = pairs * meetingsOfEach * 2
  const input = (index: number): Input => ({
    pair: index % pairs,
    deed: Math.floor(index / pairs) % 2 === 0 ? 'meet' : 'look',
  })
  const history = await histories.concurrently(
    { actors: 9, operations, input },
    ({ pair, deed }, _actor, index) =>
      deed === 'look' ? look(pairOf(pair)) : meet(pairOf(pair), index),
  )
  const asked = checkLinearizable(history.operations, {
    model: greetings,
    keyOf: ({ pair }) => String(pair),
  })
  prove('operations at one moment', history.overlapMax).isAtLeast(5)
  prove('outcomes that are known', history.ok.length).equals(operations)
  prove(
    'pairs whose meetings and looks no order explains',
    asked.filter(({ verdict }) => verdict !== 'linearizable'),
  ).isEmpty()
  const rows = await sql.rows<{ interaction_count: number; version: number }>(
    `select interaction_count, version from character_relationships where ecosystem_id = $1`,
    [ecosystem],
  )
  prove('rows, whoever began', rows).equals(
    Array.from({ length: pairs }, () => ({
      interaction_count: meetingsOfEach,
      version: meetingsOfEach,
    })),
  )

  /** Every second meeting is begun by the other one. */
  async function meet(pair: [Character, Character], index: number): Promise<Outcome<Known>> {
    const [one, other] = index % 2 === 0 ? pair : pair.toReversed()
    const answer = await owner.post<Interaction>(
      '/api/v1/interactions',
      meeting(one as Character, other as Character),
    )
    const outcome = outcomeOfResponse(answer)
    if (outcome.kind !== 'ok') return outcome
    return ok({ count: 0, familiarity: whole(answer.body.relationship_change.familiarity) })
  }

  async function look(pair: [Character, Character]): Promise<Outcome<Known>> {
    const known: Relationship | undefined = await relationshipOf(owner, ...pair)
    return ok({
      count: known?.interaction_count ?? 0,
      familiarity: whole(known?.familiarity ?? 0),
    })
  }
})

function whole(share: number): number {
  return Math.round(share * 1e8)
}
