/**
 * Server trouble: what an error of a shared server means, for whoever has to act on it.
 *
 * A desk asks whether sending again can help; an administrator asks what to put right.
 */
import { codeOf, ForeignTables, NewerDatabase, NotPrepared, Outdated } from './failures.ts'

export type ServerTrouble = Readonly<{
  code: /** Nobody answers, or the connection broke: the same may be sent again. */
    | 'unreachable'
    /** User or password. */
    | 'refused'
    | 'no-database'
    | 'no-encryption'
    /** Its certificate is signed by nobody who is trusted, or made out to another name. */
    | 'not-trusted'
    | 'no-rights'
    /** A standby, or a server set to read only. */
    | 'read-only'
    | 'foreign-tables'
    | 'schema-newer'
    /** The program is too old for the server. */
    | 'outdated'
    | 'not-prepared'
    /** None of these: a fault of the program. */
    | 'unexpected'
  detail: string
}>

const BY_CODE: Readonly<Record<string, ServerTrouble['code']>> = {
  '28000': 'refused',
  '28P01': 'refused',
  '3D000': 'no-database',
  '42501': 'no-rights',
  '25006': 'read-only',
  '42P01': 'not-prepared',
  '3F000': 'not-prepared',
  /** The feed of an earlier program. */
  '42883': 'not-prepared',
  /** Too many connections, starting, stopping, stopped by a person; a statement or an idle transaction cut short. */
  '53300': 'unreachable',
  '57P01': 'unreachable',
  '57P02': 'unreachable',
  '57P03': 'unreachable',
  '57P05': 'unreachable',
  '57014': 'unreachable',
  '25P03': 'unreachable',
  '25P04': 'unreachable',
  ECONNREFUSED: 'unreachable',
  ECONNRESET: 'unreachable',
  ECONNABORTED: 'unreachable',
  EPIPE: 'unreachable',
  ETIMEDOUT: 'unreachable',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  EHOSTDOWN: 'unreachable',
  ENETDOWN: 'unreachable',
  ENOTFOUND: 'unreachable',
  EAI_AGAIN: 'unreachable',
}
/** How the driver says that the network failed; it gives these no code. */
const LOST =
  /^(Connection terminated|Client has encountered a connection error|Client was closed|timeout e)/
const NOT_TRUSTED = /CERT|LEAF_SIGNATURE/
const TLS_CODE = /SSL|TLS/

export function serverTrouble(error: unknown): ServerTrouble {
  const detail = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)
  if (error instanceof ForeignTables) {
    return { code: 'foreign-tables', detail: error.missing.join(', ') }
  }
  if (error instanceof NewerDatabase) {
    return { code: 'schema-newer', detail: error.unknown.join(', ') }
  }
  if (error instanceof Outdated) return { code: 'outdated', detail }
  if (error instanceof NotPrepared) return { code: 'not-prepared', detail }
  const code = codeOf(error)
  if (code === undefined) {
    if (LOST.test(detail)) return { code: 'unreachable', detail }
    if (/does not support SSL/.test(detail)) return { code: 'no-encryption', detail }
    return { code: 'unexpected', detail }
  }
  if (code.startsWith('08')) return { code: 'unreachable', detail }
  const known = BY_CODE[code]
  if (known) return { code: known, detail }
  if (NOT_TRUSTED.test(code)) return { code: 'not-trusted', detail }
  return { code: TLS_CODE.test(code) ? 'no-encryption' : 'unexpected', detail }
}
