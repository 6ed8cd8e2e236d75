import type { Sql } from './sql.ts'

/** Facts of a database's catalogue, as claims compare them. */
export interface Schema {
  readonly tables: readonly string[]
  readonly columns: readonly ColumnFact[]
  readonly constraints: readonly ConstraintFact[]
  readonly indexes: readonly IndexFact[]
  readonly triggers: readonly TriggerFact[]
}

export interface ColumnFact {
  readonly table: string
  readonly column: string
  readonly type: string
  readonly notNull: boolean
  readonly generated: boolean
  readonly default: string | null
}

export interface ConstraintFact {
  readonly table: string
  readonly name: string
  readonly kind: 'check' | 'foreign key' | 'primary key' | 'unique' | 'exclusion' | 'other'
  readonly definition: string
}

export interface IndexFact {
  readonly table: string
  readonly name: string
  readonly unique: boolean
  readonly definition: string
}

export interface TriggerFact {
  readonly table: string
  readonly name: string
  readonly definition: string
}

/** Reads the catalogue of one schema of the database. */
export async function readSchema(sql: Sql, schema = 'public'): Promise<Schema> {
  const [tables, columns, constraints, indexes, triggers] = await Promise.all([
    sql.rows<{ name: string }>(tablesQuery, [schema]),
    sql.rows<ColumnFact>(columnsQuery, [schema]),
    sql.rows<ConstraintFact>(constraintsQuery, [schema]),
    sql.rows<IndexFact>(indexesQuery, [schema]),
    sql.rows<TriggerFact>(triggersQuery, [schema]),
  ])
  return { tables: tables.map(({ name }) => name), columns, constraints, indexes, triggers }
}

const tablesQuery = `
  select c.relname as name
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
   where n.nspname = $1 and c.relkind in ('r', 'p') order by 1`

const columnsQuery = `
  select c.relname as "table", a.attname as "column", format_type(a.atttypid, a.atttypmod) as type,
         a.attnotnull as "notNull", a.attgenerated <> '' as generated,
         pg_get_expr(d.adbin, d.adrelid) as "default"
    from pg_attribute a
    join pg_class c on c.oid = a.attrelid
    join pg_namespace n on n.oid = c.relnamespace
    left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
   where n.nspname = $1 and c.relkind in ('r', 'p', 'v', 'm') and a.attnum > 0 and not a.attisdropped
   order by 1, a.attnum`

const constraintsQuery = `
  select c.relname as "table", k.conname as name,
         case k.contype when 'c' then 'check' when 'f' then 'foreign key' when 'p' then 'primary key'
                        when 'u' then 'unique' when 'x' then 'exclusion' else 'other' end as kind,
         pg_get_constraintdef(k.oid) as definition
    from pg_constraint k
    join pg_class c on c.oid = k.conrelid
    join pg_namespace n on n.oid = c.relnamespace
   where n.nspname = $1 order by 1, 2`

const indexesQuery = `
  select t.relname as "table", i.relname as name, x.indisunique as "unique",
         pg_get_indexdef(i.oid) as definition
    from pg_index x
    join pg_class i on i.oid = x.indexrelid
    join pg_class t on t.oid = x.indrelid
    join pg_namespace n on n.oid = t.relnamespace
   where n.nspname = $1 order by 1, 2`

const triggersQuery = `
  select c.relname as "table", g.tgname as name, pg_get_triggerdef(g.oid) as definition
    from pg_trigger g
    join pg_class c on c.oid = g.tgrelid
    join pg_namespace n on n.oid = c.relnamespace
   where n.nspname = $1 and not g.tgisinternal order by 1, 2`
