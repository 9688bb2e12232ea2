/**
 * Flags of `npm start`: a wrong one is named in one sentence, and nothing is done.
 */
import { Stop } from './say.mjs'

export const HELP = `npm start -- [flags]

  --demo        open with the sample municipality, without asking
  --data DIR    keep everything in DIR instead of the usual place of this system
  --web         serve the desk to a browser on this machine instead of opening a window
  --port N      port of --web, 1 to 65535; any free one where it is not given
  --help        this text`

/** @typedef {{ demo: boolean, data: string | undefined, web: boolean, port: number | undefined, help: boolean }} Flags */

/** @param {string} flag @param {string | undefined} value */
function valueFor(flag, value) {
  if (value === undefined || value === '' || value.startsWith('--')) {
    throw new Stop(`${flag} needs a value after it; --help lists all flags.`)
  }
  return value
}

/** @param {string} text */
function portOf(text) {
  const port = Number(text)
  if (!/^\d+$/.test(text) || port < 1 || port > 65_535)
    throw new Stop(`--port needs a number from 1 to 65535, not ${text}.`)
  return port
}

/** @param {readonly string[]} args @returns {Flags} */
export function readFlags(args) {
  /** @type {Flags} */
  const flags = { demo: false, data: undefined, web: false, port: undefined, help: false }
  for (let at = 0; at < args.length; at++) {
    const arg = args[at] ?? ''
    const [flag = '', given] = arg.startsWith('--') ? arg.split(/=(.*)/s, 2) : [arg]
    const value = () => valueFor(flag, given ?? args[++at])
    if (given !== undefined && ['--demo', '--web', '--help'].includes(flag))
      throw new Stop(`${flag} takes no value; --help lists all flags.`)
    if (flag === '--demo') flags.demo = true
    else if (flag === '--web') flags.web = true
    else if (flag === '--help' || flag === '-h') flags.help = true
    else if (flag === '--data') flags.data = value()
    else if (flag === '--port') flags.port = portOf(value())
    else throw new Stop(`There is no flag ${arg}; --help lists all flags.`)
  }
  return flags
}
