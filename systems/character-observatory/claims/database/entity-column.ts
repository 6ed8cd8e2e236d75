import { readSchema, type ClaimContext } from 'etalon'

/** The columns that the specification names, by table; `!` where a value has to be there. */
type Columns = Readonly<Record<string, Readonly<Record<string, string>>>>

const moment = 'timestamp with time zone'
const id = 'uuid!'

/** Users, ecosystems and who is a member of which. */
export const accountColumns: Columns = {
  users: {
    id,
    email: 'text!',
    username: 'text!',
    password_hash: 'text!',
    is_active: 'boolean!',
    role: 'text!',
  },
  ecosystems: {
    id,
    name: 'text!',
    description: 'text!',
    owner_id: id,
    settings: 'jsonb!',
    is_active: 'boolean!',
  },
  ecosystem_members: { ecosystem_id: id, user_id: id, role: 'text!' },
}

/** Characters and what they are to each other. */
export const characterColumns: Columns = {
  characters: {
    id,
    ecosystem_id: id,
    owner_id: id,
    name: 'text!',
    description: 'text!',
    personality_traits: 'jsonb!',
    energy: 'integer!',
    energy_updated_at: `${moment}!`,
    autonomy_level: 'numeric(4,3)!',
    is_public: 'boolean!',
    is_active: 'boolean!',
    interaction_count: 'integer!',
    last_interaction: moment,
    current_context: 'text',
    avatar_url: 'text',
    deleted_at: moment,
  },
  character_relationships: {
    character_a_id: id,
    character_b_id: id,
    relationship_type: 'text!',
    strength: 'numeric(9,8)!',
    trust: 'numeric(9,8)!',
    familiarity: 'numeric(9,8)!',
    interaction_count: 'integer!',
    last_interaction: moment,
    version: 'bigint!',
  },
}

/** What characters say to each other, and keep of it. */
export const interactionColumns: Columns = {
  interactions: {
    id,
    ecosystem_id: id,
    initiator_id: id,
    target_id: id,
    interaction_type: 'text!',
    content: 'text!',
    response: 'text!',
    sentiment: 'numeric(5,4)!',
    initiator_cost: 'integer!',
    target_cost: 'integer!',
    emotions: 'jsonb!',
    idempotency_key: 'text',
    created_at: `${moment}!`,
  },
  conversations: { id, participants: 'uuid[]!', is_group_chat: 'boolean!', context: 'text' },
  messages: {
    id,
    conversation_id: id,
    sender_type: 'text!',
    sender_id: id,
    content: 'text!',
    emotional_state: 'jsonb!',
    created_at: `${moment}!`,
  },
  character_memories: {
    id,
    character_id: id,
    content: 'text!',
    memory_type: 'text!',
    importance: 'numeric(4,3)!',
    occurred_at: `${moment}!`,
    accessed_at: `${moment}!`,
    access_count: 'integer!',
  },
}

/** Proves that tables have the columns that they have to have, of these types. */
export async function proveColumns({ sql, prove }: ClaimContext, due: Columns): Promise<void> {
  const { columns } = await readSchema(sql)
  for (const [table, named] of Object.entries(due)) {
    const there = Object.fromEntries(
      columns
        .filter((column) => column.table === table && column.column in named)
        .map(({ column, type, notNull }) => [column, `${type}${notNull ? '!' : ''}`]),
    )
    prove(`columns of ${table}`, there).equals(named)
  }
}
