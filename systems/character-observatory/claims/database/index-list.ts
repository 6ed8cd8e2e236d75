import { claim, readSchema } from 'etalon'

/** What each index is over; the first three by the names that the report gives. */
const due: Readonly<Record<string, string>> = {
  idx_character_ecosystem_active: 'characters (ecosystem_id, is_active)',
  idx_relationship_characters: 'character_relationships (character_a_id, character_b_id)',
  idx_message_conversation: 'messages (conversation_id, created_at DESC)',
  idx_character_owner: 'characters (owner_id)',
  idx_character_energy: 'characters (ecosystem_id, energy)',
  idx_relationship_ecosystem_strength: 'character_relationships (ecosystem_id, strength DESC)',
  idx_relationship_type: 'character_relationships (ecosystem_id, relationship_type)',
  idx_relationship_last: 'character_relationships (ecosystem_id, last_interaction DESC)',
  idx_message_sender: 'messages (sender_id, created_at DESC)',
  ecosystems_owner: 'ecosystems (owner_id)',
  idx_memory_character: 'character_memories (character_id, occurred_at DESC)',
  idx_memory_importance: 'character_memories (character_id, importance DESC)',
  idx_interaction_feed: 'interactions (ecosystem_id, created_at DESC, id DESC)',
  idx_event_feed: 'events (ecosystem_id, seq DESC)',
}

claim('CHAR-DB-12', async ({ sql, prove }) => {
  const { indexes } = await readSchema(sql)
  const there = indexes
    .filter(({ name }) => name in due)
    .map(({ name, definition }) => [
      name,
      definition.replace(/^.* ON public\.(\w+) USING btree (\([^)]*\)).*$/, '$1 $2'),
    ])
  prove('indexes, and what they are over', Object.fromEntries(there)).equals(due)
  const invalid = await sql.rows(
    `select indexrelid::regclass as name from pg_index where not indisvalid`,
  )
  prove('indexes that are not valid', invalid).isEmpty()
})
