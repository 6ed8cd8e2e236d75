import { inScope, ownObject, ownSchema, privileges } from './scope.ts'

const aclKind = `case c.relkind when 'S' then 's'::"char" else 'r'::"char" end`

/** Tables, views, foreign tables and sequences. */
export const relations = `
  select case c.relkind when 'v' then 'view' when 'm' then 'materialized view'
      when 'f' then 'foreign table' when 'S' then 'sequence' else 'table' end as kind,
    format('%I.%I', n.nspname, c.relname) as object,
    jsonb_strip_nulls(jsonb_build_object(
      'owner', pg_get_userbyid(c.relowner),
      'persistence', nullif(c.relpersistence::text, 'p'),
      'row security', case when c.relrowsecurity then 'enabled' end,
      'row security for the owner', case when c.relforcerowsecurity then 'enabled' end,
      'replica identity', nullif(nullif(c.relreplident::text, 'd'), 'n'),
      'options', (select string_agg(o, ', ' order by o) from unnest(c.reloptions) o),
      'access method', (select a.amname from pg_am a where a.oid = c.relam),
      'tablespace', (select s.spcname from pg_tablespace s where s.oid = c.reltablespace),
      'partition key', pg_get_partkeydef(c.oid),
      'partition bound', pg_get_expr(c.relpartbound, c.oid),
      'inherits', (select string_agg(i.inhparent::regclass::text, ', ' order by i.inhseqno)
        from pg_inherits i where i.inhrelid = c.oid),
      'definition', case when c.relkind in ('v', 'm') then pg_get_viewdef(c.oid) end,
      'populated', case when c.relkind = 'm' then c.relispopulated end,
      'type', format_type(q.seqtypid, null), 'start', q.seqstart, 'increment', q.seqincrement,
      'minimum', q.seqmin, 'maximum', q.seqmax, 'cache', q.seqcache, 'cycles', q.seqcycle,
      'owned by', (select d.refobjid::regclass || '.' || a.attname from pg_depend d
        join pg_attribute a on a.attrelid = d.refobjid and a.attnum = d.refobjsubid
        where c.relkind = 'S' and d.classid = 'pg_class'::regclass and d.objid = c.oid
          and d.deptype in ('a', 'i')),
      'comment', obj_description(c.oid, 'pg_class')
    )) || ${privileges('c.relacl', aclKind, 'c.relowner')} as facts
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  left join pg_sequence q on q.seqrelid = c.oid
  where ${inScope} and c.relkind in ('r', 'p', 'v', 'm', 'f', 'S')
    and ${ownObject(`'pg_class'`, 'c.oid')}`

/** Columns of all of them and of composite types. A dropped column leaves no gap in positions. */
export const columns = `
  select 'column' as kind, format('%I.%I.%I', n.nspname, c.relname, a.attname) as object,
    jsonb_strip_nulls(jsonb_build_object(
      'position', row_number() over (partition by c.oid order by a.attnum),
      'type', format_type(a.atttypid, a.atttypmod),
      'not null', case when a.attnotnull then true end,
      'default', case when a.attgenerated = '' then pg_get_expr(d.adbin, d.adrelid) end,
      'generated', case a.attgenerated when 's' then 'stored: ' when 'v' then 'virtual: ' end
        || pg_get_expr(d.adbin, d.adrelid),
      'identity', case a.attidentity when 'a' then 'always' when 'd' then 'by default' end,
      'collation', case when a.attcollation <> t.typcollation then a.attcollation::regcollation end,
      'storage', case when a.attstorage <> t.typstorage then a.attstorage::text end,
      'compression', nullif(a.attcompression::text, ''),
      'statistics target', nullif(a.attstattarget, -1),
      'options', (select string_agg(o, ', ' order by o) from unnest(a.attoptions) o),
      'comment', col_description(c.oid, a.attnum)
    )) || ${privileges('a.attacl')} as facts
  from pg_attribute a
  join pg_class c on c.oid = a.attrelid
  join pg_namespace n on n.oid = c.relnamespace
  join pg_type t on t.oid = a.atttypid
  left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
  where ${inScope} and c.relkind in ('r', 'p', 'v', 'm', 'f', 'c')
    and a.attnum > 0 and not a.attisdropped and ${ownObject(`'pg_class'`, 'c.oid')}`

/** Constraints of tables and domains, also the not-null constraints that have names. */
export const constraints = `
  select 'constraint' as kind,
    format('%I.%I.%I', n.nspname, coalesce(c.relname, t.typname), k.conname) as object,
    jsonb_strip_nulls(jsonb_build_object(
      'definition', pg_get_constraintdef(k.oid),
      'inherited', case when not k.conislocal then true end,
      'not validated', case when not k.convalidated then true end,
      'comment', obj_description(k.oid, 'pg_constraint'))) as facts
  from pg_constraint k
  join pg_namespace n on n.oid = k.connamespace
  left join pg_class c on c.oid = k.conrelid
  left join pg_type t on t.oid = k.contypid
  where ${inScope} and k.contype <> 't' and ${ownObject(`'pg_class'`, 'k.conrelid')}`

/** Indexes, also those that a constraint made. */
export const indexes = `
  select 'index' as kind, format('%I.%I', n.nspname, i.relname) as object,
    jsonb_strip_nulls(jsonb_build_object(
      'definition', pg_get_indexdef(i.oid),
      'invalid', case when not x.indisvalid then true end,
      'clustered', case when x.indisclustered then true end,
      'replica identity', case when x.indisreplident then true end,
      'tablespace', (select s.spcname from pg_tablespace s where s.oid = i.reltablespace),
      'comment', obj_description(i.oid, 'pg_class'))) as facts
  from pg_index x
  join pg_class i on i.oid = x.indexrelid
  join pg_namespace n on n.oid = i.relnamespace
  where ${inScope} and ${ownObject(`'pg_class'`, 'x.indrelid')}`

/** Triggers, rules and policies. */
export const reactions = `
  select 'trigger' as kind, format('%I.%I.%I', n.nspname, c.relname, g.tgname) as object,
    jsonb_strip_nulls(jsonb_build_object(
      'definition', pg_get_triggerdef(g.oid),
      'enabled', nullif(g.tgenabled::text, 'O'),
      'comment', obj_description(g.oid, 'pg_trigger'))) as facts
  from pg_trigger g
  join pg_class c on c.oid = g.tgrelid
  join pg_namespace n on n.oid = c.relnamespace
  join pg_proc p on p.oid = g.tgfoid
  where ${inScope} and not g.tgisinternal
    and not exists (select from pg_namespace o
      where o.oid = p.pronamespace and o.nspname = '${ownSchema}')
  union all
  select 'rule', format('%I.%I.%I', n.nspname, c.relname, r.rulename),
    jsonb_strip_nulls(jsonb_build_object(
      'definition', pg_get_ruledef(r.oid),
      'enabled', nullif(r.ev_enabled::text, 'O'),
      'comment', obj_description(r.oid, 'pg_rewrite')))
  from pg_rewrite r
  join pg_class c on c.oid = r.ev_class
  join pg_namespace n on n.oid = c.relnamespace
  where ${inScope} and r.rulename <> '_RETURN'
  union all
  select 'policy', format('%I.%I.%I', n.nspname, c.relname, p.polname),
    jsonb_strip_nulls(jsonb_build_object(
      'for', p.polcmd::text, 'restrictive', case when not p.polpermissive then true end,
      'to', (select string_agg(coalesce(r.rolname, 'public'), ', ' order by r.rolname)
        from unnest(p.polroles) o left join pg_roles r on r.oid = o),
      'using', pg_get_expr(p.polqual, p.polrelid),
      'check', pg_get_expr(p.polwithcheck, p.polrelid),
      'comment', obj_description(p.oid, 'pg_policy')))
  from pg_policy p
  join pg_class c on c.oid = p.polrelid
  join pg_namespace n on n.oid = c.relnamespace
  where ${inScope}`
