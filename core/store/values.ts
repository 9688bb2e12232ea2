/**
 * Values: how the text of the wire becomes values of JavaScript, the same from every server.
 *
 * Times stay text, because a Date would lose microseconds and gain a zone. `int8` becomes a number as long as it
 * is exact and stays text beyond. Everything else is what `pg` makes of it.
 */
import pg from 'pg'

const TEXT_TIMES = [1082, 1083, 1114, 1184, 1186, 1266]
const TEXT_TIME_ARRAYS = [1182, 1183, 1115, 1185, 1187, 1270]
const INT8 = 20
const INT8_ARRAY = 1016
/** Any array of text parses arrays of times as well: the syntax of an array does not depend on its elements. */
const TEXT_ARRAY = 1009
const UUID_ARRAY = 2951

type Parse = (text: string) => unknown

/** Exact or not at all: a rounded identifier would name another row. */
export function integer(text: string): number | string {
  const value = Number(text)
  return Number.isSafeInteger(value) ? value : text
}

const arrayOfText = pg.types.getTypeParser(TEXT_ARRAY as never) as unknown as (
  text: string,
) => (string | null)[]

const parsers = new Map<number, Parse>([
  [INT8, integer],
  [INT8_ARRAY, (text) => arrayOfText(text).map((item) => (item === null ? null : integer(item)))],
  [UUID_ARRAY, arrayOfText],
  ...TEXT_TIMES.map((oid): [number, Parse] => [oid, (text) => text]),
  ...TEXT_TIME_ARRAYS.map((oid): [number, Parse] => [oid, arrayOfText]),
])

/** Given to every `pg` client. */
export const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    parsers.get(oid) ??
    pg.types.getTypeParser(oid, format as 'text')) as pg.CustomTypesConfig['getTypeParser'],
}
