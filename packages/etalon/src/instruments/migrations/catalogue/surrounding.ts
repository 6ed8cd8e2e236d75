import { inScope, ownObject, ownSchema, privileges } from './scope.ts'

/** Schemas, extensions, privileges by default, and the settings of the database itself. */
export const surroundings = `
  select 'schema' as kind, n.nspname as object,
    jsonb_strip_nulls(jsonb_build_object(
      'owner', pg_get_userbyid(n.nspowner), 'comment', obj_description(n.oid, 'pg_namespace')
    )) || ${privileges('n.nspacl', `'n'::"char"`, 'n.nspowner')} as facts
  from pg_namespace n
  where ${inScope} and ${ownObject(`'pg_namespace'`, 'n.oid')}
  union all
  select 'extension', e.extname,
    jsonb_strip_nulls(jsonb_build_object('version', e.extversion, 'schema', n.nspname,
      'comment', obj_description(e.oid, 'pg_extension')))
  from pg_extension e join pg_namespace n on n.oid = e.extnamespace
  union all
  select 'privileges by default', pg_get_userbyid(d.defaclrole) || ' in '
      || coalesce(n.nspname, 'every schema') || ' on ' || d.defaclobjtype::text,
    ${privileges('d.defaclacl')}
  from pg_default_acl d left join pg_namespace n on n.oid = d.defaclnamespace
  union all
  select 'database', 'itself', jsonb_strip_nulls(jsonb_build_object(
      'owner', pg_get_userbyid(b.datdba),
      'settings', (select jsonb_agg(coalesce(r.rolname || ': ', '') || setting
            order by r.rolname, setting)
        from pg_db_role_setting s cross join unnest(s.setconfig) setting
        left join pg_roles r on r.oid = s.setrole where s.setdatabase = b.oid),
      'comment', shobj_description(b.oid, 'pg_database')
    )) || ${privileges('b.datacl', `'d'::"char"`, 'b.datdba')}
  from pg_database b where b.datname = current_database()`

/** What is rarer: of these kinds the server tells type and name, and its comment. */
const rareCatalogs = [
  'pg_am',
  'pg_cast',
  'pg_collation',
  'pg_conversion',
  'pg_foreign_data_wrapper',
  'pg_foreign_server',
  'pg_language',
  'pg_opclass',
  'pg_operator',
  'pg_opfamily',
  'pg_publication',
  'pg_publication_rel',
  'pg_statistic_ext',
  'pg_transform',
  'pg_ts_config',
  'pg_ts_dict',
  'pg_ts_parser',
  'pg_ts_template',
]

/** Ids from here on are of objects that somebody made (`FirstNormalObjectId`). */
const firstOwnOid = 16_384

/** Extended statistics have their definition, event triggers what they do, the rest is named. */
export const rarities = `
  select identity.type as kind, identity.identity as object,
    jsonb_strip_nulls(jsonb_build_object(
      'definition', case when identity.type = 'statistics object'
        then pg_get_statisticsobjdef(rare.oid) end,
      'comment', obj_description(rare.oid, rare.catalog))) as facts
  from (${rareCatalogs
    .map((name) => `select oid, '${name}' as catalog from ${name} where oid >= ${firstOwnOid}`)
    .join(' union all ')}) rare
  cross join lateral pg_identify_object(rare.catalog::regclass, rare.oid, 0) identity
  where ${ownObject('rare.catalog', 'rare.oid')}
  union all
  select 'event trigger', e.evtname, jsonb_strip_nulls(jsonb_build_object(
      'on', e.evtevent, 'function', e.evtfoid::regproc, 'enabled', nullif(e.evtenabled::text, 'O'),
      'tags', e.evttags, 'comment', obj_description(e.oid, 'pg_event_trigger')))
  from pg_event_trigger e
  where e.evtname !~ '^${ownSchema}' and ${ownObject(`'pg_event_trigger'`, 'e.oid')}`
