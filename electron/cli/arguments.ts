/** Arguments of `npm run allmend`: a wrong one is named in one sentence, and nothing is done. */
import { usualDataFolder } from '../start/usual-data-folder.mjs'

export const HELP = `npm run allmend -- publish --target NAME [flags]
npm run allmend -- db prepare|check|status --database ADDRESS

  publish         writes the files of a target, as the desk itself does, without a window
  --target NAME   the target, by the name it has in the desk; --all for every one
  --dry-run       say what would be written, and write nothing
  --data DIR      the data folder, where it is not in the usual place of this system

  db prepare      makes a Postgres ready to be shared by desks: tables, triggers, roles; may be run again
  db check        says whether it is ready, and changes nothing
  db status       says which desks follow it, when they were seen, and how far behind they are
  --database ADDRESS
                  postgresql://user@host:5432/name; without it ALLMEND_DATABASE_URL. A password is better given in
                  PGPASSWORD or a .pgpass file than here

  --help          this text

Exit codes: 0 done, or nothing to do; 1 could not be published, or not ready for desks; 2 wrong words on this line, or
no such target; 3 the data or the database cannot be opened, for example because a desk holds the data open.`

/** What `db` can do. */
export type DatabaseWork = 'prepare' | 'check' | 'status'

export type Order =
  | Readonly<{ help: true }>
  | Readonly<{ wrong: string }>
  | Readonly<{ work: DatabaseWork; address: string }>
  | Readonly<{
      /** Null: all targets. */
      target: string | null
      dryRun: boolean
      data: string
    }>

const MORE = '--help tells what there is.'
const WORKS: readonly string[] = ['prepare', 'check', 'status'] satisfies DatabaseWork[]
const WITH_VALUE = new Set(['--target', '--data', '--database'])

interface Said {
  readonly words: string[]
  /** Of flags without a value: an empty text. */
  readonly flags: Map<string, string>
}

function split(args: readonly string[]): Said | { help: true } | { wrong: string } {
  const words: string[] = []
  const flags = new Map<string, string>()
  for (let at = 0; at < args.length; at++) {
    const arg = args[at] ?? ''
    if (!arg.startsWith('-')) {
      words.push(arg)
      continue
    }
    const [flag = '', given] = arg.startsWith('--') ? arg.split(/=(.*)/s, 2) : [arg]
    if (flag === '--help' || flag === '-h') return { help: true }
    if (!WITH_VALUE.has(flag)) {
      flags.set(arg, '')
      continue
    }
    const value = given ?? args[++at]
    if (!value || value.startsWith('--'))
      return { wrong: `${flag} needs a value after it; ${MORE}` }
    flags.set(flag, value)
  }
  return { words, flags }
}

export function readOrder(args: readonly string[]): Order {
  const said = split(args)
  if (!('words' in said)) return said
  const [command, ...more] = said.words
  if (command === undefined) {
    return args.length === 0 ? { help: true } : { wrong: `Say what to do; ${MORE}` }
  }
  if (command === 'publish') return publishOrder(more, said.flags)
  if (command === 'db') return databaseOrder(more, said.flags)
  return { wrong: `There is no command ${command}; ${MORE}` }
}

/** The first word or flag that does not belong there. */
function strange(
  words: readonly string[],
  flags: ReadonlyMap<string, string>,
  known: readonly string[],
): Order | undefined {
  const one = words[0] ?? [...flags.keys()].find((flag) => !known.includes(flag))
  return one === undefined ? undefined : { wrong: `${one} is not understood; ${MORE}` }
}

function publishOrder(words: readonly string[], flags: ReadonlyMap<string, string>): Order {
  const wrong = strange(words, flags, ['--target', '--all', '--dry-run', '--data'])
  if (wrong) return wrong
  const target = flags.has('--all') ? null : flags.get('--target')
  if (target === undefined) return { wrong: `Name a target with --target, or say --all; ${MORE}` }
  const data = flags.get('--data') ?? usualDataFolder()
  return { target, dryRun: flags.has('--dry-run'), data }
}

function databaseOrder(words: readonly string[], flags: ReadonlyMap<string, string>): Order {
  const [work, ...more] = words
  if (work === undefined) return { wrong: `Say prepare, check or status after db; ${MORE}` }
  if (!WORKS.includes(work)) return { wrong: `db knows no ${work}; ${MORE}` }
  const wrong = strange(more, flags, ['--database'])
  if (wrong) return wrong
  const address = flags.get('--database') ?? process.env.ALLMEND_DATABASE_URL
  if (!address) return { wrong: `Name the database with --database; ${MORE}` }
  if (!/^postgres(ql)?:\/\//.test(address)) {
    return { wrong: 'The address of a database begins with postgresql://.' }
  }
  return { work: work as DatabaseWork, address }
}
