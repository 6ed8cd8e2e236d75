-- Up Migration

create table interactions (
  id uuid primary key default uuidv7(),
  ecosystem_id uuid not null references ecosystems on delete cascade,
  initiator_id uuid not null references characters on delete cascade,
  target_id uuid not null references characters on delete cascade,
  interaction_type text not null check (
    interaction_type in (
      'greeting', 'chat', 'discussion', 'debate', 'collaboration', 'emotional_support', 'conflict'
    )
  ),
  content text not null,
  response text not null,
  sentiment numeric(5, 4) not null check (sentiment between -1 and 1),
  initiator_cost integer not null check (initiator_cost >= 0),
  target_cost integer not null check (target_cost >= 0),
  strength_change numeric(9, 8) not null,
  trust_change numeric(9, 8) not null,
  familiarity_change numeric(9, 8) not null,
  emotions jsonb not null,
  -- Why the answer is what it is: seed, generator, memories that were called up.
  metadata jsonb not null default '{}',
  idempotency_key text,
  created_at timestamptz not null default now(),
  constraint interactions_others check (initiator_id <> target_id),
  constraint interactions_idempotency_key unique (ecosystem_id, idempotency_key)
);

create index idx_interaction_feed on interactions (ecosystem_id, created_at desc, id desc);
create index idx_interaction_initiator on interactions (initiator_id, created_at desc);
create index idx_interaction_target on interactions (target_id, created_at desc);

create table conversations (
  id uuid primary key default uuidv7(),
  ecosystem_id uuid not null references ecosystems on delete cascade,
  -- In the order of their ids.
  participants uuid[] not null check (cardinality(participants) >= 2),
  is_group_chat boolean not null default false,
  context text,
  created_at timestamptz not null default now(),
  constraint conversations_participants unique (ecosystem_id, participants)
);

create table messages (
  id uuid primary key default uuidv7(),
  conversation_id uuid not null references conversations on delete cascade,
  interaction_id uuid references interactions on delete cascade,
  sender_type text not null check (sender_type in ('user', 'character')),
  sender_id uuid not null,
  content text not null,
  emotional_state jsonb not null default '{}',
  created_at timestamptz not null default clock_timestamp()
);

create index idx_message_conversation on messages (conversation_id, created_at desc);
create index idx_message_sender on messages (sender_id, created_at desc);

create table character_memories (
  id uuid primary key default uuidv7(),
  character_id uuid not null references characters on delete cascade,
  content text not null,
  memory_type text not null
    check (memory_type in ('episodic', 'semantic', 'procedural', 'reflection')),
  importance numeric(4, 3) not null check (importance between 0 and 1),
  occurred_at timestamptz not null,
  accessed_at timestamptz not null,
  access_count integer not null default 0 check (access_count >= 0)
);

create index idx_memory_character on character_memories (character_id, occurred_at desc);
create index idx_memory_importance on character_memories (character_id, importance desc);

grant select, insert, update, delete
  on interactions, conversations, messages, character_memories to observatory_app;

-- Down Migration

drop table character_memories;
drop table messages;
drop table conversations;
drop table interactions;
