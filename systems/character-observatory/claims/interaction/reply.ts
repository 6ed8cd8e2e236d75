import { claim, type Prove, type Sql } from 'etalon'
import { setEnergy, setRelationship } from '../character-state.ts'
import { makeCharacter, meeting, plain, setScene, type Character, type Scene } from '../scene.ts'

const path = '/api/v1/interactions'

interface Answer {
  readonly response: string
  readonly sentiment: number
  readonly metadata: Readonly<Record<string, unknown>>
  readonly emotional_state: Readonly<Record<'initiator' | 'target', Readonly<Emotions>>>
}

type Emotions = Record<'joy' | 'sadness' | 'anger' | 'fear' | 'surprise' | 'disgust', number>

claim('CHAR-INT-04', async ({ system, sql, prove }) => {
  const scenes = [
    await setScene(system, { characters: 0 }),
    await setScene(system, { characters: 0 }),
  ]
  const kind = { ...plain, agreeableness: 1 }
  const stern = { ...plain, agreeableness: 0 }
  const heard: { kind: string[]; stern: string[] }[] = []
  const kept: unknown[] = []
  for (const { owner, ecosystem } of scenes) {
    const asker = await makeCharacter(owner, ecosystem, 'Asker')
    const said: { kind: string[]; stern: string[] } = { kind: [], stern: [] }
    for (const [name, traits] of Object.entries({ kind, stern })) {
      const target = await makeCharacter(owner, ecosystem, name, traits)
      for (let seed = 1; seed <= 12; seed += 1) {
        await setEnergy(sql, [asker, target], 1_000)
        const asked = { ...meeting(asker, target, 'greeting', 'Is it so?'), seed: `seed ${seed}` }
        const { body } = await owner.post<Answer>(path, asked).expect(201)
        said[name as 'kind' | 'stern'].push(body.response)
        kept.push([body.metadata['seed'], body.metadata['generator']])
      }
    }
    heard.push(said)
  }
  const [first, second] = heard as [(typeof heard)[number], (typeof heard)[number]]
  prove('the same seeds and words, in another ecosystem', second).equals(first)
  prove('different answers to twelve seeds', new Set(first.kind).size).isAtLeast(2)
  const shared = first.kind.filter((response, at) => response === first.stern[at])
  prove('seeds for which the kind and the stern answer alike', shared.length).isAtMost(3)
  prove('seed and generator told', kept[0]).equals(['seed 1', 'template'])
  await proveSituations(scenes[0] as Scene, sql, prove)
})

/** The same two, words and seeds, as friends, as enemies, and in another kind of interaction. */
async function proveSituations({ owner, ecosystem }: Scene, sql: Sql, prove: Prove): Promise<void> {
  const one = await makeCharacter(owner, ecosystem, 'One')
  const other = await makeCharacter(owner, ecosystem, 'Other')
  const answersOf = async (type: string, kind: string, strength: number): Promise<string[]> => {
    const answers: string[] = []
    for (let seed = 1; seed <= 12; seed += 1) {
      await setEnergy(sql, [one, other], 1_000)
      await setRelationship(sql, ecosystem, [one, other], { type: kind, strength, trust: 0.8 })
      const asked = { ...meeting(one, other, type, 'Is it so?'), seed: `seed ${seed}` }
      answers.push((await owner.post<Answer>(path, asked).expect(201)).body.response)
    }
    return answers
  }
  const friends = await answersOf('chat', 'close_friend', 0.9)
  const enemies = await answersOf('chat', 'enemy', -0.9)
  const greeted = await answersOf('greeting', 'close_friend', 0.9)
  const alike = (others: readonly string[]): number =>
    friends.filter((answer, at) => answer === others[at]).length
  prove('seeds for which a friend and an enemy are answered alike', alike(enemies)).isAtMost(3)
  prove('seeds for which a chat and a greeting are answered alike', alike(greeted)).equals(0)
}

const words = {
  friendly: 'I love this wonderful happy day',
  plain: 'The table has four legs',
  hostile: 'I hate this terrible awful disaster',
}

claim(['CHAR-INT-05', 'CHAR-INT-06'], async ({ system, sql, prove }) => {
  const { owner, ecosystem } = await setScene(system, { characters: 0 })
  const traits = {
    plain,
    neurotic: { ...plain, neuroticism: 0.9 },
    extraverted: { ...plain, extraversion: 0.9 },
    agreeable: { ...plain, agreeableness: 0.9 },
  }
  const initiators: Record<string, Character> = {}
  for (const [name, each] of Object.entries(traits)) {
    initiators[name] = await makeCharacter(owner, ecosystem, name, each)
  }
  const target = await makeCharacter(owner, ecosystem, 'Target')
  const everybody = [...Object.values(initiators), target]
  const sums: number[] = []
  const after = async (who: keyof typeof traits, tone: keyof typeof words): Promise<Answer> => {
    await setEnergy(sql, everybody, 1_000)
    const asked = meeting(initiators[who] as Character, target, 'debate', words[tone])
    const { body } = await owner.post<Answer>(path, { ...asked, seed: 'one' }).expect(201)
    const { initiator, target: other } = body.emotional_state
    for (const each of [initiator, other]) sums.push(Object.values(each).reduce((a, b) => a + b, 0))
    return body
  }
  const friendly = await after('plain', 'friendly')
  const hostile = await after('plain', 'hostile')
  const calm = await after('plain', 'plain')
  prove('sentiment of friendly words', friendly.sentiment).isBetween(0.2, 1)
  prove('sentiment of hostile words', hostile.sentiment).isBetween(-1, -0.2)
  prove('sentiment of others', Math.abs(calm.sentiment)).isBelow(0.2)
  const feels = (body: Answer): Emotions => body.emotional_state.initiator
  const gloom = (body: Answer): number => feels(body).sadness + feels(body).fear
  prove('joy after friendly words over that after hostile ones', feels(friendly).joy).isAbove(
    feels(hostile).joy,
  )
  const neurotic = await after('neurotic', 'hostile')
  prove('sadness and fear of the neurotic', gloom(neurotic)).isAbove(gloom(hostile))
  const extraverted = await after('extraverted', 'friendly')
  prove('joy of the extraverted', feels(extraverted).joy).isAbove(feels(friendly).joy)
  const agreeable = await after('agreeable', 'hostile')
  prove('anger of the agreeable', feels(agreeable).anger).isBelow(feels(hostile).anger)
  prove('sums of shares', sums).satisfies('1', (all) =>
    all.every((sum) => Math.abs(sum - 1) < 0.001),
  )
})
