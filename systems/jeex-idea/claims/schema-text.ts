import { readFileSync } from 'node:fs'
import type { Schema } from 'etalon'

/** The description of the schema, a line for each column, constraint, index and trigger. */
export function describedSchema(): readonly string[] {
  return linesOf(readFileSync(new URL('schema.txt', import.meta.url), 'utf8'))
}

/** The schema that is there in the words of its description, without the table of the migrations. */
export function foundSchema(schema: Schema): readonly string[] {
  const { columns, constraints, indexes, triggers } = schema
  const tables = schema.tables.filter((table) => table !== 'schema_migrations')
  const text = tables.map((table) => {
    const own = <Fact extends { readonly table: string }>(facts: readonly Fact[]): Fact[] =>
      facts.filter((fact) => fact.table === table)
    return [
      `table ${table}`,
      ...own(columns).map(({ column, type, notNull, generated, default: value }) => {
        const filled = value === null ? '' : ` ${generated ? 'generated' : 'default'} ${value}`
        return `  ${column} ${type}${notNull ? ' not null' : ''}${filled}`
      }),
      ...own(constraints)
        // That a column is not null stands with the column.
        .filter(({ kind }) => kind !== 'other')
        .map(({ name, definition }) => `  constraint ${name}: ${definition}`),
      ...own(indexes).map(({ name, unique, definition }) => {
        const by = definition.slice(definition.indexOf(' USING ') + ' USING '.length)
        return `  index ${name}: ${unique ? 'unique ' : ''}${by}`
      }),
      ...own(triggers).map(({ definition }) => `  trigger ${definition}`),
    ].join('\n')
  })
  return linesOf(text.join('\n'))
}

/** Each line with the table it belongs to, so that equal lines of two tables are two. */
function linesOf(text: string): string[] {
  let table = ''
  return text.split('\n').flatMap((line) => {
    if (line.trim() === '') return []
    if (line.startsWith('table ')) {
      table = line.slice('table '.length)
      return [line]
    }
    return [`${table}: ${line.trim()}`]
  })
}
