/**
 * Redaction: what must never reach the log. Names, titles, notes, phones, e-mail addresses and passwords are
 * taken out by the name of the fact where there is one, and by their look inside sentences.
 */

const REDACTED = '[redacted]'

/** Facts of these names are taken out whole, whatever they hold. */
const PRIVATE =
  /^(.*name|title|publicTitle|note|reason|text|phone|phones|email|e-mail|mail|password|pass|secret|key|token|args|argument|detail|parameters|person|persons|organisation|actor|body|cookie)$/i

/** Names of facts that look private and are not. */
const HARMLESS = /^(statementName|callName|queryName|commandName|fileName|errorName)$/

const E_MAIL = /[\p{L}\p{N}._%+-]+@[\p{L}\p{N}.-]+\.\p{L}{2,}/gu
/** Two digits and more with the usual signs between: +41 44 123 45 67, 044/123 45 67, (079) 123 45 67. */
const PHONE = /(?:(?<![\w.-])\+|(?<![\w.:-])(?:00|\(?0))[\d\s()/.'-]{7,}\d(?![\w:])/g
const PASSWORD_IN_ADDRESS = /(\w+:\/\/[^\s:/@]+):[^\s@]+@/g
const KEY_IN_ADDRESS = /([?&](?:key|token|password)=)[^\s&#]+/gi
/** Quoted content of an error, unless it is a plain identifier: `"Hans Muster"` goes, `"booking_pkey"` stays. */
const QUOTED = /"(?![\w.:/-]*")[^"\n]*"|'(?![\w.:/-]*')[^'\n]*(?<!\w)'(?!\w)/g
/** Postgres names the values of a row: `Key (email)=(…) already exists`. */
const ROW_VALUES = /\)=\(.*?\)(?=\s|$)/g

/** A sentence without what looks personal. */
export function redactText(text: string): string {
  return text
    .replace(PASSWORD_IN_ADDRESS, `$1:${REDACTED}@`)
    .replace(KEY_IN_ADDRESS, `$1${REDACTED}`)
    .replace(E_MAIL, REDACTED)
    .replace(ROW_VALUES, `)=(${REDACTED})`)
    .replace(QUOTED, `"${REDACTED}"`)
    .replace(PHONE, REDACTED)
}

/** How deep a fact is followed; deeper is cut off, a log is no dump. */
const DEEPEST = 4

/** A fact without what is personal; errors become plain objects. */
export function redact(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return redactText(value)
  if (value === null || typeof value !== 'object')
    return typeof value === 'bigint' ? String(value) : value
  if (depth >= DEEPEST) return '[deep]'
  if (value instanceof Error) {
    const { code } = value as NodeJS.ErrnoException
    return {
      error: value.name,
      message: redactText(value.message),
      ...(code === undefined ? {} : { code }),
      stack: redactText((value.stack ?? '').split('\n').slice(1, 12).join('\n')),
      ...(value.cause === undefined ? {} : { cause: redact(value.cause, depth + 1) }),
    }
  }
  if (Array.isArray(value)) return value.slice(0, 50).map((each) => redact(each, depth + 1))
  return Object.fromEntries(
    Object.entries(value).map(([key, fact]) => [
      key,
      PRIVATE.test(key) && !HARMLESS.test(key) ? REDACTED : redact(fact, depth + 1),
    ]),
  )
}
