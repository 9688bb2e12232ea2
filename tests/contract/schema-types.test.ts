/**
 * The types that Kysely is given are written by hand; here they are held against the tables themselves, so that a
 * column that is missing, superfluous, or null where the type says never, fails.
 */
import { readFile } from 'node:fs/promises'
import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { eachDatabase } from '../harness/databases.ts'

const FILES = ['schema.ts', 'operations-schema.ts']

interface Column {
  readonly type: string
  readonly nullable: boolean
}

/** Enough of TypeScript's grammar for files that hold nothing but interfaces of plain fields. */
async function declared(): Promise<Record<string, Record<string, Column>>> {
  const interfaces = new Map<string, [string, string][]>()
  for (const file of FILES) {
    const source = await readFile(new URL(`../../core/store/${file}`, import.meta.url), 'utf8')
    const plain = source.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/\/\/.*$/gm, '')
    for (const [, name = '', body = ''] of plain.matchAll(
      /interface (\w+)(?: extends \w+)? \{([\s\S]*?)\n\}/g,
    )) {
      const fields = [
        ...body.matchAll(/^ {2}'?([\w.]+)'?: ([\s\S]*?)(?=\n {2}['\w]|\s*$(?![\s\S]))/gm),
      ]
      interfaces.set(
        name,
        fields.map(([, field = '', type = '']) => [field, type.replaceAll(/\s+/g, ' ').trim()]),
      )
    }
  }
  const tables = [
    ...(interfaces.get('Schema') ?? []),
    ...(interfaces.get('OperationsSchema') ?? []),
  ]
  return Object.fromEntries(
    tables.map(([table, type]) => [
      table,
      Object.fromEntries(
        (interfaces.get(type) ?? []).map(([field, text]) => [field, columnOf(text)]),
      ),
    ]),
  )
}

function columnOf(text: string): Column {
  const nullable = text === 'Json' || /\| null\b/.test(text)
  const bare = text.replace(/^Generated<(.*)>$/, '$1').replaceAll(/ ?\| null\b/g, '')
  if (bare === 'Json' || bare.startsWith('JSONColumnType')) return { type: 'json', nullable }
  if (bare === 'string[]') return { type: 'array', nullable }
  if (bare === 'number' || bare === 'boolean') return { type: bare, nullable }
  return { type: 'text', nullable }
}

const MEANS: Readonly<Record<string, string>> = {
  integer: 'number',
  bigint: 'number',
  boolean: 'boolean',
  jsonb: 'json',
  ARRAY: 'array',
}

eachDatabase('the types of the tables', (database) => {
  it('say what the tables are', async () => {
    const { rows } = await sql<{ table: string; column: string; type: string; nullable: boolean }>`
      select case table_schema when 'public' then table_name::text
          else table_schema || '.' || table_name end as table,
        column_name::text as column, data_type::text as type, is_nullable = 'YES' as nullable
      from information_schema.columns
      where table_schema in ('public', 'allmend', 'sync') and table_name not like 'migration%'
    `.execute(database().kysely)
    const tables: Record<string, Record<string, Column>> = {}
    for (const { table, column, type, nullable } of rows) {
      const columns = tables[table] ?? {}
      tables[table] = columns
      columns[column] = { type: MEANS[type] ?? 'text', nullable }
    }
    expect(await declared()).toEqual(tables)
  })
})
