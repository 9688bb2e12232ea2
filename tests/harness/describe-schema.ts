/** What a database is made of, in a form that two databases can be compared by. */
import { sql } from 'kysely'
import type { Database } from '../../core/store/database.ts'

export interface SchemaFacts {
  readonly columns: readonly string[]
  readonly constraints: readonly string[]
  readonly indexes: readonly string[]
  readonly enums: readonly string[]
  readonly sequences: readonly string[]
}

/** Tables, columns, types, defaults, keys, indexes and enums of one schema, each as one line, sorted. */
export async function describeSchema(database: Database, schema: string): Promise<SchemaFacts> {
  const lines = async (query: ReturnType<typeof sql<{ line: string }>>) =>
    (await query.execute(database.kysely)).rows.map(({ line }) => line).sort()
  return {
    columns: await lines(sql`
      select format('%s.%s %s%s%s #%s', c.relname, a.attname, format_type(a.atttypid, a.atttypmod),
        case when a.attnotnull then ' not null' else '' end,
        coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), ''),
        row_number() over (partition by c.oid order by a.attnum)) as line
      from pg_class c
      join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
      where c.relnamespace = ${schema}::regnamespace and c.relkind = 'r'`),
    constraints: await lines(sql`
      select format('%s %s %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) as line
      from pg_constraint where connamespace = ${schema}::regnamespace and contype <> 'n'`),
    indexes: await lines(sql`
      select indexdef as line from pg_indexes where schemaname = ${schema}`),
    enums: await lines(sql`
      select format('%s: %s', t.typname, string_agg(e.enumlabel, ', ' order by e.enumsortorder)) as line
      from pg_type t join pg_enum e on e.enumtypid = t.oid
      where t.typnamespace = ${schema}::regnamespace group by t.typname`),
    sequences: await lines(sql`
      select format('%s %s from %s by %s', sequencename, data_type, start_value, increment_by) as line
      from pg_sequences where schemaname = ${schema}`),
  }
}
