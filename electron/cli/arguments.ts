/** Arguments of `npm run allmend`: a wrong one is named in one sentence, and nothing is done. */
import { usualDataFolder } from '../start/usual-data-folder.mjs'

export const HELP = `npm run allmend -- publish --target NAME [flags]

  publish         writes the files of a target, as the desk itself does, without a window
  --target NAME   the target, by the name it has in the desk; --all for every one
  --dry-run       say what would be written, and write nothing
  --data DIR      the data folder, where it is not in the usual place of this system
  --help          this text

Exit codes: 0 published, or nothing to do; 1 could not be published; 2 wrong words on this line, or no such target;
3 the data cannot be opened, for example because a desk holds it open.`

export type Order =
  | Readonly<{ help: true }>
  | Readonly<{ wrong: string }>
  | Readonly<{
      /** Null: all targets. */
      target: string | null
      dryRun: boolean
      data: string
    }>

const MORE = '--help tells what there is.'

export function readOrder(args: readonly string[]): Order {
  let target: string | null | undefined
  let dryRun = false
  let data = usualDataFolder()
  let command = ''
  for (let at = 0; at < args.length; at++) {
    const arg = args[at] ?? ''
    const [flag = '', given] = arg.startsWith('--') ? arg.split(/=(.*)/s, 2) : [arg]
    if (flag === '--help' || flag === '-h') return { help: true }
    if (flag === '--dry-run') dryRun = true
    else if (flag === '--all') target = null
    else if (flag === '--target' || flag === '--data') {
      const value = given ?? args[++at]
      if (!value || value.startsWith('--'))
        return { wrong: `${flag} needs a value after it; ${MORE}` }
      if (flag === '--target') target = value
      else data = value
    } else if (command === '' && !flag.startsWith('-')) command = flag
    else return { wrong: `${arg} is not understood; ${MORE}` }
  }
  if (command === '')
    return args.length === 0 ? { help: true } : { wrong: `Say what to do; ${MORE}` }
  if (command !== 'publish') return { wrong: `There is no command ${command}; ${MORE}` }
  if (target === undefined) return { wrong: `Name a target with --target, or say --all; ${MORE}` }
  return { target, dryRun, data }
}
