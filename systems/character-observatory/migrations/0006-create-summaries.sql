-- Up Migration

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

-- Only an owner may refresh a view, and the service owns nothing; so it may ask its owner to.
create function refresh_summaries() returns void language plpgsql security definer
set search_path = public, pg_temp as $$
begin
  refresh materialized view concurrently character_relationship_summary;
  refresh materialized view concurrently ecosystem_activity_summary;
end
$$;

revoke execute on function refresh_summaries from public;
grant execute on function refresh_summaries to observatory_app;
grant select on character_relationship_summary, ecosystem_activity_summary to observatory_app;

-- Down Migration

drop function refresh_summaries;
drop materialized view ecosystem_activity_summary;
drop materialized view character_relationship_summary;
