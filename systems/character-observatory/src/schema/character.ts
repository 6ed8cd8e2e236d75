import { text, uuid, webUrl } from 'service-kit'
import { z } from 'zod'
import { relationshipTypes } from '../rule/relationship.ts'
import { emotions, name, personality, share } from './common.ts'

/** A character as the API shows it; its energy is what it is now. */
export const character = z.object({
  id: z.uuid(),
  ecosystem_id: z.uuid(),
  owner_id: z.uuid(),
  name: z.string(),
  description: z.string(),
  personality_traits: personality,
  social_energy: share,
  autonomy_level: share,
  is_public: z.boolean(),
  is_active: z.boolean(),
  interaction_count: z.int(),
  last_interaction: z.date().nullable(),
  current_context: z.string().nullable(),
  emotions,
  avatar_url: z.string().nullable(),
  version: z.int(),
  created_at: z.date(),
})

const description = text({ max: 10_000 }).regex(/\S/, 'Must say something')

const given = {
  name,
  description,
  personality_traits: personality,
  autonomy_level: share,
  is_public: z.boolean(),
  is_active: z.boolean(),
  current_context: text({ max: 10_000 }).nullable(),
  avatar_url: webUrl.nullable(),
}

export const newCharacter = z.strictObject({
  ...given,
  ecosystem_id: uuid,
  autonomy_level: share.default(0.5),
  is_public: z.boolean().default(true),
  is_active: z.boolean().default(true),
  current_context: given.current_context.default(null),
  avatar_url: given.avatar_url.default(null),
})

export const characterChange = z.strictObject(given).partial()

/** A relationship as one of the two sees it. */
export const relationship = z.object({
  character_a_id: z.uuid(),
  character_b_id: z.uuid(),
  relationship_type: z.enum(relationshipTypes),
  strength: z.number(),
  trust: z.number(),
  familiarity: z.number(),
  interaction_count: z.int(),
  last_interaction: z.date().nullable(),
  version: z.int(),
})

export const memory = z.object({
  id: z.uuid(),
  content: z.string(),
  memory_type: z.enum(['episodic', 'semantic', 'procedural', 'reflection']),
  importance: share,
  occurred_at: z.date(),
  access_count: z.int(),
})

export const message = z.object({
  id: z.uuid(),
  conversation_id: z.uuid(),
  interaction_id: z.uuid().nullable(),
  sender_type: z.enum(['user', 'character']),
  sender_id: z.uuid(),
  content: z.string(),
  emotional_state: emotions,
  created_at: z.date(),
})
