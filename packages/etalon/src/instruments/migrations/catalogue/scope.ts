/** Where the instrument keeps what it needs in the database while it watches; never compared. */
export const ownSchema = 'etalon_migrations'

/** Condition: the namespace `n` is one that somebody made, not the server's own. */
export const inScope = `n.nspname !~ '^pg_' and n.nspname not in ('information_schema', '${ownSchema}')`

/**
 * Condition: the object did not come with an extension, whose version stands for all of it.
 *
 * @param catalog the table that the object is a row of, as SQL
 * @param oid its id, as SQL
 */
export function ownObject(catalog: string, oid: string): string {
  return `not exists (select from pg_depend member where member.deptype = 'e'
    and member.classid = ${catalog}::regclass and member.objid = ${oid})`
}

/**
 * Facts `privileges of ROLE`, with an asterisk where they may be passed on. What nobody has granted
 * or revoked has the privileges that PostgreSQL gives by itself, so that saying them is no change.
 *
 * @param acl column with the granted privileges
 * @param kind letter of `acldefault`, as SQL; undefined where there is no default
 */
export function privileges(acl: string, kind?: string, owner?: string): string {
  const list = kind === undefined ? acl : `coalesce(${acl}, acldefault(${kind}, ${owner}))`
  return `(
    select coalesce(jsonb_object_agg('privileges of ' || who, rights), '{}') from (
      select coalesce(r.rolname, 'public') as who,
        string_agg(distinct a.privilege_type || case when a.is_grantable then '*' else '' end, ', '
          order by a.privilege_type || case when a.is_grantable then '*' else '' end) as rights
      from aclexplode(${list}) a left join pg_roles r on r.oid = a.grantee group by 1) granted)`
}
