import { inScope, ownObject, privileges } from './scope.ts'

/** Functions, procedures and aggregates, told apart by their arguments. */
export const routines = `
  select case p.prokind when 'p' then 'procedure' when 'a' then 'aggregate' else 'function' end
      as kind,
    format('%I.%I(%s)', n.nspname, p.proname,
      pg_get_function_identity_arguments(p.oid)) as object,
    jsonb_strip_nulls(jsonb_build_object(
      'owner', pg_get_userbyid(p.proowner),
      'definition', case when p.prokind <> 'a' then pg_get_functiondef(p.oid) end,
      'result', pg_get_function_result(p.oid),
      'aggregate', (select concat_ws(' ', g.aggtransfn, g.aggfinalfn, g.aggcombinefn,
          g.aggtranstype::regtype, g.agginitval)
        from pg_aggregate g where g.aggfnoid = p.oid),
      'comment', obj_description(p.oid, 'pg_proc')
    )) || ${privileges('p.proacl', `'f'::"char"`, 'p.proowner')} as facts
  from pg_proc p join pg_namespace n on n.oid = p.pronamespace
  where ${inScope} and ${ownObject(`'pg_proc'`, 'p.oid')}`

/** Enums, domains, ranges and composite types; not the types that come with a table. */
export const types = `
  select case t.typtype when 'e' then 'enum' when 'd' then 'domain' when 'r' then 'range'
      when 'c' then 'composite type' else 'type' end as kind,
    format('%I.%I', n.nspname, t.typname) as object,
    jsonb_strip_nulls(jsonb_build_object(
      'owner', pg_get_userbyid(t.typowner),
      'labels', (select jsonb_agg(e.enumlabel order by e.enumsortorder)
        from pg_enum e where e.enumtypid = t.oid),
      'base', case when t.typtype = 'd' then format_type(t.typbasetype, t.typtypmod) end,
      'not null', case when t.typnotnull then true end,
      'default', t.typdefault,
      'subtype', (select format_type(r.rngsubtype, null) from pg_range r where r.rngtypid = t.oid),
      'comment', obj_description(t.oid, 'pg_type')
    )) || ${privileges('t.typacl', `'T'::"char"`, 't.typowner')} as facts
  from pg_type t
  join pg_namespace n on n.oid = t.typnamespace
  left join pg_class c on c.oid = t.typrelid
  where ${inScope} and t.typtype <> 'm' and (c.oid is null or c.relkind = 'c')
    and not exists (select from pg_type e where e.typarray = t.oid)
    and ${ownObject(`'pg_type'`, 't.oid')}`
