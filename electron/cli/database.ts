/**
 * `npm run allmend -- db`: the administrator's half of a shared server, in plain sentences. Passwords in an address
 * are never repeated.
 */
import {
  checkServer,
  type DeskSeen,
  type FeedState,
  prepareServer,
  type ServerProblem,
  statusOfServer,
} from '../../core/administrator.ts'
import type { DatabaseWork } from './arguments.ts'

const READY = 0
const NOT_READY = 1
const NOT_OPENED = 3

/** Where the work could not even begin. */
const OUTSIDE: readonly ServerProblem['code'][] = [
  'unreachable',
  'refused',
  'no-database',
  'no-encryption',
  'not-trusted',
]

/** What is said, on which stream, and how the program ends. */
export interface Said {
  readonly lines: readonly string[]
  readonly code: number
}

export async function databaseWork(work: DatabaseWork, address: string): Promise<Said> {
  const place = placeOf(address)
  switch (work) {
    case 'prepare': {
      const answer = await prepareServer(address)
      if (!answer.ok) return problem(place, answer.problem)
      const done = answer.migrations.length
      const tables = done === 0 ? 'the tables were up to date' : `${done} migrations were run`
      return {
        lines: [
          `${place} is ready for desks (${answer.version}): ${tables}; triggers and roles are in place.`,
          'Next: make a user for each desk, for example create user desk1 password … in role allmend_desk;',
        ],
        code: READY,
      }
    }
    case 'check': {
      const answer = await checkServer(address)
      if (!answer.ok) return problem(place, answer.problem)
      if (answer.problems.length > 0) {
        return { lines: answer.problems.map((one) => sentence(place, one)), code: NOT_READY }
      }
      const ready = `${place} is ready for desks (${answer.version}).`
      return { lines: answer.everybodyMakesTables ? [ready, EVERYBODY] : [ready], code: READY }
    }
    case 'status': {
      const answer = await statusOfServer(address)
      if (!answer.ok) return problem(place, answer.problem)
      const { desks, feed } = answer
      return {
        lines: [
          desks.length === 0
            ? `No desk has joined ${place} yet.`
            : `${desks.length} ${desks.length === 1 ? 'desk follows' : 'desks follow'} ${place}:`,
          ...desks.map(follows),
          ...feedSentences(feed),
        ],
        code: READY,
      }
    }
  }
}

/** As long as the feed waits for a desk that is off; see core/store/shared/feed.ts. */
const AWAY_SECONDS = 45 * 86_400
/** Nobody's work takes so long; somebody has forgotten to end it. */
const OPEN_SECONDS = 600

function follows({ label, id, age, behind, outdated }: DeskSeen): string {
  const far = behind === 0 ? 'up to date' : `${behind} changed rows behind`
  const away = age > AWAY_SECONDS ? ', will read everything anew' : ''
  const old = outdated ? ', its program is too old to write' : ''
  return `  ${label || id}: seen ${ago(age)}, ${far}${away}${old}`
}

/** What is kept for desks, and what keeps it from being tidied. */
export function feedSentences({ changes, oldest, tidied, open }: FeedState): readonly string[] {
  const since = oldest === null ? '' : `, the oldest from ${ago(oldest)}`
  const lines = [`Changes kept for desks: ${changes} rows${since}; last tidied ${ago(tidied)}.`]
  if (open !== null && open > OPEN_SECONDS) {
    lines.push(
      `Note: a transaction began ${ago(open)} and is still open. Until it ends nothing newer is tidied, and every desk reads more than it has to: look for it in pg_stat_activity.`,
    )
  }
  return lines
}

const EVERYBODY =
  'Note: in this database everybody may make tables, desks too; revoke create on schema public from public; ends that.'

function problem(place: string, one: ServerProblem): Said {
  return {
    lines: [sentence(place, one)],
    code: OUTSIDE.includes(one.code) ? NOT_OPENED : NOT_READY,
  }
}

function sentence(place: string, { code, detail }: ServerProblem): string {
  const prepare = 'run npm run allmend -- db prepare as the owner of the tables'
  switch (code) {
    case 'unreachable':
      return `${place} cannot be reached: check the address, and that the server runs and lets this computer in (${detail}).`
    case 'refused':
      return `${place} lets this user not in: check user, password and pg_hba.conf (${detail}).`
    case 'no-database':
      return `${place}: there is no such database; make it first, with the encoding UTF8.`
    case 'no-encryption':
      return `${place}: no encrypted connection came about (${detail}).`
    case 'not-trusted':
      return `${place}: its certificate is not trusted, or made out to another name (${detail}).`
    case 'no-rights':
      return `${place}: this user may not do that (${detail}); preparing needs the owner of the tables, with CREATE on the database and CREATEROLE.`
    case 'read-only':
      return `${place} is read only, perhaps a standby: name the server that is written to.`
    case 'too-old':
      return `${place} runs ${detail}: Allmend needs 14 or newer.`
    case 'foreign-tables':
      return `${place} holds tables named like those of libres, but they lack ${detail}; nothing was changed.`
    case 'outdated':
    case 'schema-newer':
      return `${place} was prepared by a newer Allmend (${detail}): use that one.`
    case 'schema-older':
      return `${place} was prepared by an older Allmend (it lacks ${detail}): ${prepare}.`
    case 'not-prepared':
      return `${place} is not prepared for desks yet: ${prepare}.`
    case 'feed':
      return `${place} does not tell desks of every change${detail && ` (${detail})`}: ${prepare}.`
    case 'roles':
      return `${place} lacks roles (${detail}): ${prepare}.`
    case 'rights':
      return `${place}: the role allmend_desk may not use everything (${detail}): ${prepare}.`
    case 'unexpected':
      return `${place}: ${detail}`
  }
}

/** Host and name, without user and password. */
function placeOf(address: string): string {
  try {
    const { host, pathname } = new URL(address)
    return `${pathname.slice(1) || 'postgres'} on ${host || 'this computer'}`
  } catch {
    return 'The database'
  }
}

function ago(exact: number): string {
  const seconds = Math.max(0, Math.floor(exact))
  if (seconds < 60) return `${seconds} s ago`
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ago`
  if (seconds < 48 * 3600) return `${Math.floor(seconds / 3600)} h ago`
  return `${Math.floor(seconds / 86_400)} days ago`
}
