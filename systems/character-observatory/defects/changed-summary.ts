import { sql } from 'etalon'

/** A summary that is made by another query than it should be. */
export function changedSummary(
  view: 'character_relationship_summary' | 'ecosystem_activity_summary',
  key: 'character_id' | 'ecosystem_id',
  { find, replace }: { readonly find: string; readonly replace: string },
): ReturnType<typeof sql> {
  return sql(
    `do $$
     declare
       query text := pg_get_viewdef('${view}'::regclass);
       owner text := (select matviewowner from pg_matviews where matviewname = '${view}');
     begin
       if position('${find}' in query) = 0 then raise exception 'nothing to change in %', query; end if;
       drop materialized view ${view};
       execute 'create materialized view ${view} as ' || replace(query, '${find}', '${replace}');
       create unique index ${view}_key on ${view} (${key});
       grant select on ${view} to observatory_app;
       execute format('alter materialized view ${view} owner to %I', owner);
     end $$`,
  )
}
