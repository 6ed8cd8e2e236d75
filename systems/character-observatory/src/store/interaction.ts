import { statement } from 'service-kit'
import type { Emotions } from '../rule/emotion.ts'
import type { InteractionType } from '../rule/interaction-type.ts'

/** An interaction as it is kept. */
export interface StoredInteraction {
  readonly id: string
  readonly initiator_id: string
  readonly target_id: string
  readonly interaction_type: InteractionType
  readonly content: string
  readonly response: string
  readonly sentiment: number
  readonly strength_change: number
  readonly trust_change: number
  readonly familiarity_change: number
  readonly emotions: { readonly initiator: Emotions; readonly target: Emotions }
  readonly metadata: Readonly<Record<string, unknown>>
  readonly created_at: Date
}

const columns = `
  id, initiator_id, target_id, interaction_type, content, response, sentiment, strength_change,
  trust_change, familiarity_change, emotions, metadata, created_at`

/** The interaction that a key stands for. */
export const findByKey = statement<StoredInteraction, [ecosystem: string, key: string]>(
  'interaction-by-key',
  `select ${columns} from interactions where ecosystem_id = $1 and idempotency_key = $2`,
)

/** Interactions of an ecosystem, the latest first; those before one where it is given. */
export const listInteractions = statement<
  StoredInteraction,
  [ecosystem: string, after: string | null, limit: number]
>(
  'interaction-list',
  `select ${columns} from interactions
   where ecosystem_id = $1 and (created_at, id) < (
     case when $2::uuid is null then 'infinity'
       else (select created_at from interactions where id = $2) end,
     coalesce($2, 'ffffffff-ffff-ffff-ffff-ffffffffffff')
   )
   order by created_at desc, id desc limit $3`,
)
