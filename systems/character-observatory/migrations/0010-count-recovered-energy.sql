-- Up Migration

-- Averages of what is there: relationships with characters who were deleted count no more, and
-- energy is what has come back until the summary is made, as the service computes it when it is
-- read (CHAR-ENG-07).

drop materialized view ecosystem_activity_summary;
drop materialized view character_relationship_summary;

create view relationships_between_living as
select relationships.*
from character_relationships as relationships
join characters as one on one.id = relationships.character_a_id and one.deleted_at is null
join characters as other on other.id = relationships.character_b_id and other.deleted_at is null;

create materialized view character_relationship_summary as
select
  characters.id as character_id,
  characters.ecosystem_id,
  count(halves.character_id)::integer as relationship_count,
  avg(halves.strength) as average_strength,
  avg(halves.trust) as average_trust,
  coalesce(sum(halves.interaction_count), 0)::integer as interaction_count
from characters
left join (
  select character_a_id as character_id, strength, trust, interaction_count
  from relationships_between_living
  union all
  select character_b_id, strength, trust, interaction_count from relationships_between_living
) as halves on halves.character_id = characters.id
where characters.deleted_at is null
group by characters.id;

create unique index character_relationship_summary_key
  on character_relationship_summary (character_id);

create materialized view ecosystem_activity_summary as
select
  ecosystems.id as ecosystem_id,
  (
    select count(*)::integer from characters
    where characters.ecosystem_id = ecosystems.id and deleted_at is null
  ) as character_count,
  (
    select count(*)::integer from relationships_between_living as relationships
    where relationships.ecosystem_id = ecosystems.id
  ) as relationship_count,
  (
    select count(*)::integer from interactions
    where interactions.ecosystem_id = ecosystems.id
  ) as interaction_count,
  (
    select avg(least(1000, energy + floor(hours * per_hour::numeric))) / 1000
    from characters
    cross join lateral (
      select
        greatest(0, extract(epoch from now() - energy_updated_at)) / 3600 as hours,
        -- Whole thousandths; half of one counts as one.
        floor(
          100 * (0.8 + 0.4 * (personality_traits ->> 'extraversion')::float8)
          * coalesce((settings ->> 'energy_regen')::float8, 1) + 0.5
        ) as per_hour
    ) as recovery
    where characters.ecosystem_id = ecosystems.id and deleted_at is null
  ) as average_energy,
  (
    select max(created_at) from interactions
    where interactions.ecosystem_id = ecosystems.id
  ) as last_interaction,
  now() as refreshed_at
from ecosystems;

create unique index ecosystem_activity_summary_key on ecosystem_activity_summary (ecosystem_id);

grant select on character_relationship_summary, ecosystem_activity_summary to observatory_app;

-- Down Migration

drop materialized view ecosystem_activity_summary;
drop materialized view character_relationship_summary;
drop view relationships_between_living;

create materialized view character_relationship_summary as
select
  characters.id as character_id,
  characters.ecosystem_id,
  count(relationships.id)::integer as relationship_count,
  avg(relationships.strength) as average_strength,
  avg(relationships.trust) as average_trust,
  coalesce(sum(relationships.interaction_count), 0)::integer as interaction_count
from characters
left join character_relationships as relationships
  on characters.id in (relationships.character_a_id, relationships.character_b_id)
where characters.deleted_at is null
group by characters.id;

create unique index character_relationship_summary_key
  on character_relationship_summary (character_id);

create materialized view ecosystem_activity_summary as
select
  ecosystems.id as ecosystem_id,
  (
    select count(*)::integer from characters
    where characters.ecosystem_id = ecosystems.id and deleted_at is null
  ) as character_count,
  (
    select count(*)::integer from character_relationships
    where character_relationships.ecosystem_id = ecosystems.id
  ) as relationship_count,
  (
    select count(*)::integer from interactions
    where interactions.ecosystem_id = ecosystems.id
  ) as interaction_count,
  (
    select avg(energy) / 1000 from characters
    where characters.ecosystem_id = ecosystems.id and deleted_at is null
  ) as average_energy,
  (
    select max(created_at) from interactions
    where interactions.ecosystem_id = ecosystems.id
  ) as last_interaction,
  now() as refreshed_at
from ecosystems;

create unique index ecosystem_activity_summary_key on ecosystem_activity_summary (ecosystem_id);

grant select on character_relationship_summary, ecosystem_activity_summary to observatory_app;
