-- Up Migration

-- Five traits, each between 0 and 1. One expression without a query in it, which is inlined: the
-- check is made with every change of a character.
create function is_personality(traits jsonb) returns boolean language sql immutable as $$
  select jsonb_typeof(traits) = 'object'
    and traits ?& array[
      'openness', 'conscientiousness', 'extraversion', 'agreeableness', 'neuroticism'
    ]
    and traits - array[
      'openness', 'conscientiousness', 'extraversion', 'agreeableness', 'neuroticism'
    ] = '{}'
    and not jsonb_path_exists(
      traits, 'strict $.* ? (!(@.type() == "number" && @ >= 0 && @ <= 1))'
    )
$$;

create table characters (
  id uuid primary key default uuidv7(),
  ecosystem_id uuid not null references ecosystems on delete cascade,
  owner_id uuid not null references users,
  name text not null check (length(name) between 1 and 255),
  description text not null check (description <> ''),
  personality_traits jsonb not null
    constraint characters_personality check (is_personality(personality_traits)),
  -- Thousandths, so that nothing drifts: 1000 is full. What has come back since then is computed
  -- when it is read, from energy_updated_at.
  energy integer not null default 1000
    constraint characters_energy_range check (energy between 0 and 1000),
  energy_updated_at timestamptz not null default now(),
  rested_at timestamptz,
  autonomy_level numeric(4, 3) not null default 0.5 check (autonomy_level between 0 and 1),
  is_public boolean not null default true,
  is_active boolean not null default true,
  interaction_count integer not null default 0 check (interaction_count >= 0),
  last_interaction timestamptz,
  current_context text,
  -- Shares of joy, sadness, anger, fear, surprise and disgust after the last interaction.
  emotions jsonb not null default '{}',
  avatar_url text,
  version bigint not null default 1,
  created_at timestamptz not null default now(),
  deleted_at timestamptz
);

create index idx_character_ecosystem_active on characters (ecosystem_id, is_active);
create index idx_character_owner on characters (owner_id);
create index idx_character_energy on characters (ecosystem_id, energy) where deleted_at is null;

-- One row for a pair, whichever of the two began.
create table character_relationships (
  id uuid primary key default uuidv7(),
  ecosystem_id uuid not null references ecosystems on delete cascade,
  character_a_id uuid not null references characters on delete cascade,
  character_b_id uuid not null references characters on delete cascade,
  relationship_type text not null default 'neutral' check (
    relationship_type in (
      'close_friend', 'friend', 'acquaintance', 'neutral', 'rival', 'enemy'
    )
  ),
  strength numeric(9, 8) not null default 0 check (strength between -1 and 1),
  trust numeric(9, 8) not null default 0.5 check (trust between 0 and 1),
  familiarity numeric(9, 8) not null default 0 check (familiarity between 0 and 1),
  interaction_count integer not null default 0 check (interaction_count >= 0),
  last_interaction timestamptz,
  version bigint not null default 0,
  constraint character_relationships_order check (character_a_id < character_b_id),
  constraint idx_relationship_characters unique (character_a_id, character_b_id)
);

create index idx_relationship_other on character_relationships (character_b_id);
create index idx_relationship_ecosystem_strength
  on character_relationships (ecosystem_id, strength desc);
create index idx_relationship_type on character_relationships (ecosystem_id, relationship_type);
create index idx_relationship_last on character_relationships (ecosystem_id, last_interaction desc);

grant select, insert, update, delete on characters, character_relationships to observatory_app;

-- Down Migration

drop table character_relationships;
drop table characters;
drop function is_personality;
