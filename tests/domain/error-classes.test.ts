/**
 * Every error class of the core beside what a clerk reads of it: a sentence of the catalogues in four languages, or the reason
 * why it never reaches a screen. A new class does not pass without its line.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { languages } from '../../core/domain/language.ts'

const root = join(import.meta.dirname, '../..')

/** Catalogue and key: all keys that begin so are meant (`taken.one`, `taken.part` …). */
type Sentence = `${'refusal' | 'app' | 'booking' | 'publish' | 'backup'}:${string}`
/** `by`: where the class becomes that sentence. */
type Reaches = Readonly<{ says: readonly Sentence[]; by: string }>
type Never = Readonly<{ never: string }>

const slots = 'core/commands/take-slots.ts'
const work = 'core/commands/material-work.ts'
const problem = 'core/sync/problem.ts'
const raisedOnly = { never: 'libres declares it and never raises it' }
const library = {
  never: 'only a program that uses the library can get there; the desk names no such thing',
}

const table: Readonly<Record<string, Reaches | Never>> = {
  // The reservations library.
  LibresError: { never: 'the ancestor of the others' },
  ReservationLengthError: { never: 'the ancestor of too long and too short' },
  ContextAlreadyExists: library,
  UnknownContext: library,
  ContextIsLocked: library,
  UnknownService: library,
  InvalidAllocationError: {
    never:
      'the plan of a period is checked first: refusal `overlaps`, `no-dates`, `together-in-steps`',
  },
  OverlappingAllocationError: {
    never: 'the plan of a period is checked first: refusal `overlaps`',
  },
  InvalidEmailAddress: { never: 'the desk takes no address for an answer: refusal `bad-email`' },
  ReservationTooLong: { says: ['refusal:too-long'], by: slots },
  ReservationTooShort: { says: ['refusal:too-short'], by: slots },
  AlreadyReservedError: {
    says: ['refusal:taken', 'refusal:blocked', 'refusal:too-few-places'],
    by: slots,
  },
  IntegrityError: { never: 'one of AlreadyReservedError, and told as such' },
  TimerangeTooLong: { says: ['refusal:not-available'], by: slots },
  QuotaOverLimit: { says: ['refusal:too-few-places.limit'], by: slots },
  QuotaImpossible: { says: ['refusal:too-few-places.none'], by: slots },
  InvalidQuota: { never: 'a command takes one place or more' },
  InvalidReservationError: { says: ['refusal:not-available'], by: slots },
  OverlappingReservationError: { never: 'a hold replaces the one before it in its session' },
  NotReservableError: { says: ['refusal:not-available'], by: slots },
  NoReservationsToConfirm: library,
  AffectedReservationError: {
    says: ['refusal:in-use.availability', 'refusal:in-use.places'],
    by: 'core/commands/availability.ts',
  },
  AffectedPendingReservationError: {
    says: ['refusal:in-use.availability'],
    by: 'core/commands/availability.ts',
  },
  OnlyTogether: { says: ['refusal:only-together'], by: 'core/commands/reservation-move.ts' },
  DataError: { never: 'the schema of the command is as long as the column' },
  NotFound: library,
  Ambiguous: library,
  NotImplementedError: library,
  InvalidReservationToken: raisedOnly,
  ReservationParametersInvalid: raisedOnly,
  DatesMayNotBeEqualError: raisedOnly,
  ModifiedReadOnlySession: raisedOnly,
  DirtyReadOnlySession: raisedOnly,
  UnknownUtility: raisedOnly,
  Failure: { never: 'the ancestor of the five below' },
  PreconditionFailed: library,
  ValueError: library,
  NotTimezoneAware: library,
  NonExistentTimeError: {
    never: 'a form names the hour that the clock leaves out (`booking:missing.gap`)',
  },
  AmbiguousTimeError: library,
  // Equipment and keys.
  OperationError: { says: ['refusal:failed'], by: 'core/sync/line.ts' },
  OperationGone: { says: ['refusal:gone.trip'], by: work },
  OperationWrongState: { says: ['refusal:trip-state'], by: work },
  OperationIrreversibleError: { says: ['refusal:irreversible'], by: work },
  OperationInputsError: { never: 'the ancestor of those below' },
  OperationMissingInputsError: { never: 'a trip of the planner always has its pieces' },
  OperationInputWrongState: { says: ['refusal:not-there'], by: work },
  OperationInputTaken: { says: ['refusal:piece-planned'], by: work },
  OperationDateError: { says: ['refusal:before-arrival'], by: work },
  AssemblyInputNotMatched: {
    never: 'a set is packed of what is there; too little is refused before',
  },
  AssemblyExtraInputs: { never: 'a set is packed of exactly what it wants' },
  // Where the data lie.
  Busy: { says: ['booking:noted'], by: 'core/sync/line.ts' },
  DiskFull: { says: ['app:problem.disk-full'], by: problem },
  FolderLocked: { says: ['app:problem.data-locked'], by: problem },
  DataUnreadable: { says: ['app:problem.data-unreadable'], by: problem },
  NewerDatabase: { says: ['app:problem.schema-newer'], by: problem },
  DatabaseStopped: { says: ['app:problem.unexpected'], by: 'core/core.ts' },
  IdClash: { says: ['refusal:failed'], by: 'core/sync/line.ts' },
  BackupFailure: { says: ['backup:problem'], by: 'core/sync/backups.ts' },
  FolderProblem: { says: ['publish:problem'], by: 'core/press/printing.ts' },
}

/** What desks of a shared server and the command line say stands in tests of their own. */
const ELSEWHERE = /^core\/(desk|administrator)|server|shared|core\/core\.ts|simulation/

function sources(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory()
      ? sources(`${folder}/${entry.name}`)
      : entry.name.endsWith('.ts')
        ? [`${folder}/${entry.name}`]
        : [],
  )
}

function classesIn(file: string): string[] {
  const text = readFileSync(join(root, file), 'utf8')
  return [...text.matchAll(/^(?:export )?(?:abstract )?class (\w+) extends (\w+)/gm)]
    .filter(([, , parent]) => parent !== undefined && /Error$|^Failure$|^Operation/.test(parent))
    .map(([, name]) => name as string)
}

const catalogue = (language: string, name: string): unknown =>
  JSON.parse(readFileSync(join(root, `renderer/locales/${language}/${name}.json`), 'utf8'))

/** Texts under a key, those of its plurals too. */
function textsOf(tree: unknown, path: readonly string[]): string[] {
  const [first, ...rest] = path
  if (first === undefined) {
    return typeof tree === 'string'
      ? [tree]
      : Object.values(tree as object).flatMap((each) => textsOf(each, []))
  }
  const keys = Object.keys((tree ?? {}) as object).filter(
    (key) => key === first || key.replace(/_(one|other|many)$/, '') === first,
  )
  return keys.flatMap((key) => textsOf((tree as Record<string, unknown>)[key], rest))
}

/** Internal signals that are caught where they are thrown, and what other tests have in their hands. */
const INTERNAL = [
  'BatchRefused',
  'CurtainFalls',
  'Outdated',
  'Standby',
  'NotPrepared',
  'ForeignTables',
  'NoCertificate',
]

test('the table knows every error class of the core, and no other', () => {
  const found = sources('core')
    .filter((file) => !ELSEWHERE.test(file))
    .flatMap(classesIn)
    .filter((name) => !INTERNAL.includes(name))
  expect([...new Set(found)].sort()).toEqual(Object.keys(table).sort())
})

describe.each(languages)('in %s', (language) => {
  const reaching = Object.entries(table).filter(
    (entry): entry is [string, Reaches] => 'says' in entry[1],
  )
  test.each(reaching)('%s has its sentence', (_, { says }) => {
    for (const sentence of says) {
      const [name, key] = sentence.split(':') as [string, string]
      const texts = textsOf(catalogue(language, name), key.split('.'))
      expect(texts.length, sentence).toBeGreaterThan(0)
      expect(texts.filter((text) => text.trim() === '')).toEqual([])
    }
  })
})

test('each is made into its sentence where the table says so', () => {
  const wrong = Object.entries(table).flatMap(([name, entry]) => {
    if (!('by' in entry)) return []
    const text = readFileSync(join(root, entry.by), 'utf8')
    // `OperationError` and its kin may be told by the file without being told apart.
    return new RegExp(`\\b${name}\\b`).test(text) || /OperationError/.test(name) ? [] : [name]
  })
  expect(wrong).toEqual([])
})
