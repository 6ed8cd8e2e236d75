import { claim } from 'etalon'
import { setScene } from '../scene.ts'
import {
  accountColumns,
  characterColumns,
  interactionColumns,
  proveColumns,
} from './entity-column.ts'
import { refused, wronglyTaken, type Attempt } from './entity-refusal.ts'

claim(['CHAR-DB-01', 'CHAR-DB-02', 'CHAR-DB-03'], async (context) => {
  const { system, sql, prove } = context
  await proveColumns(context, accountColumns)
  const { ecosystem } = await setScene(system, { characters: 0 })
  const settings = await sql.value('select settings from ecosystems where id = $1', [ecosystem])
  prove('settings when none are given', settings).equals({
    allow_autonomous: false,
    interaction_cooldown: 0,
    energy_regen: 1,
  })
  const attempts = [
    [
      'a second user of the same name',
      refused.unique,
      `insert into users (email, username, password_hash)
       select 'else@observatory.example', username, 'none' from ecosystems
       join users on users.id = owner_id where ecosystems.id = $1`,
    ],
    [
      'a member who is a king',
      refused.check,
      `insert into ecosystem_members select $1::uuid, id, 'king' from users limit 1`,
    ],
    [
      'one member twice',
      refused.unique,
      `insert into ecosystem_members select * from ecosystem_members where ecosystem_id = $1`,
    ],
    [
      'an ecosystem of nobody',
      refused.notNull,
      `update ecosystems set owner_id = null where id = $1`,
    ],
  ] as const
  prove(
    'what is taken and should not be',
    await wronglyTaken(context, attempts, [ecosystem]),
  ).isEmpty()
})

const relate = (fields: string, selected: string): string =>
  `insert into character_relationships (ecosystem_id, ${fields})
   select ecosystem_id, ${selected} from characters where id = $1`
const change = (assignment: string): string =>
  `update characters set ${assignment} where id in ($1, $2)`
const names = 'character_a_id, character_b_id'
const characterAttempts: readonly Attempt[] = [
  ['a name of nothing', refused.check, change(`name = ''`)],
  ['a name of 256 letters', refused.check, change(`name = repeat('x', 256)`)],
  ['no description', refused.notNull, change('description = null')],
  ['energy 1001', refused.check, change('energy = 1001')],
  ['energy -1', refused.check, change('energy = -1')],
  ['autonomy 1.1', refused.check, change('autonomy_level = 1.1')],
  ['a pair the wrong way round', refused.check, relate(names, '$2, $1')],
  [
    'somebody with himself',
    refused.check,
    relate(names, 'coalesce($1::uuid, $2), coalesce($1::uuid, $2)'),
  ],
  ['strength 1.1', refused.check, relate(`${names}, strength`, '$1, $2, 1.1')],
  ['trust -0.1', refused.check, relate(`${names}, trust`, '$1, $2, -0.1')],
  ['familiarity 1.1', refused.check, relate(`${names}, familiarity`, '$1, $2, 1.1')],
  [
    'one pair twice',
    refused.unique,
    `${relate(names, '$1::uuid, $2::uuid')} union all
     select ecosystem_id, $1, $2 from characters where id = $1`,
  ],
]

claim(['CHAR-DB-04', 'CHAR-DB-05'], async (context) => {
  const { system, prove } = context
  await proveColumns(context, characterColumns)
  const { characters } = await setScene(system, { characters: 2 })
  const pair = characters.map((each) => each.id).toSorted()
  prove(
    'what is taken and should not be',
    await wronglyTaken(context, characterAttempts, pair),
  ).isEmpty()
  prove(
    'energy and autonomy when none are given',
    await context.sql.one<{ energy: number; autonomy_level: number }>(
      `insert into characters (ecosystem_id, owner_id, name, description, personality_traits)
       select ecosystem_id, owner_id, name, description, personality_traits from characters
       where id = $1 returning energy, autonomy_level`,
      [pair[0]],
    ),
  ).equals({ energy: 1_000, autonomy_level: 0.5 })
})

/** Rows of one ecosystem. */
const of = `ecosystem_id = $1`
const memories = `character_id in (select id from characters where ${of})`

const interactionAttempts: readonly Attempt[] = [
  [
    'somebody with himself',
    refused.check,
    `update interactions set target_id = initiator_id where ${of}`,
  ],
  [
    'an eighth kind',
    refused.check,
    `update interactions set interaction_type = 'dance' where ${of}`,
  ],
  ['sentiment 1.1', refused.check, `update interactions set sentiment = 1.1 where ${of}`],
  [
    'a conversation alone',
    refused.check,
    `update conversations set participants = participants[1:1] where ${of}`,
  ],
  [
    'a ghost who speaks',
    refused.check,
    `update messages set sender_type = 'ghost' from interactions where interaction_id = interactions.id and ${of}`,
  ],
  [
    'a memory of another kind',
    refused.check,
    `update character_memories set memory_type = 'dream' where ${memories}`,
  ],
  [
    'importance 1.1',
    refused.check,
    `update character_memories set importance = 1.1 where ${memories}`,
  ],
  [
    'a key twice',
    refused.unique,
    `insert into interactions (ecosystem_id, initiator_id, target_id, interaction_type, content,
       response, sentiment, initiator_cost, target_cost, strength_change, trust_change,
       familiarity_change, emotions, idempotency_key)
     select ecosystem_id, initiator_id, target_id, interaction_type, content, response, sentiment,
       initiator_cost, target_cost, strength_change, trust_change, familiarity_change, emotions,
       idempotency_key from interactions where ${of}`,
  ],
]

claim(['CHAR-DB-06', 'CHAR-DB-07', 'CHAR-DB-08', 'CHAR-DB-09'], async (context) => {
  const { system, sql, prove } = context
  await proveColumns(context, interactionColumns)
  const { owner, ecosystem, characters } = await setScene(system)
  const [one, other] = characters.map((each) => each.id) as [string, string]
  const said = { interaction_type: 'greeting', content: 'Hello there' }
  const asked = { initiator_id: one, target_id: other, ...said }
  const key = { headers: { 'idempotency-key': 'of-the-tables' } }
  await owner.post('/api/v1/interactions', asked, key).expect(201)
  prove(
    'what is taken and should not be',
    await wronglyTaken(context, interactionAttempts, [ecosystem]),
  ).isEmpty()
  const rows = await sql.one(
    `select
       (select count(*) from messages join interactions on interactions.id = interaction_id
        where ${of}) as messages,
       (select count(*) from character_memories where ${memories}) as memories,
       (select count(*) from conversations where ${of} and cardinality(participants) = 2)
         as conversations`,
    [ecosystem],
  )
  prove('rows of one interaction', rows).equals({ messages: 2, memories: 2, conversations: 1 })
})
