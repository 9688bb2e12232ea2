/**
 * Flags: what the desk was started with. `npm start` has checked them already and names a wrong one; here
 * unknown ones are left alone, because Chromium and Playwright bring their own.
 */
import { usualDataFolder } from '../start/usual-data-folder.mjs'

export type Flags = Readonly<{
  /** Found the sample municipality without asking. */
  demo: boolean
  data: string
  /** Port of the web desk; 0 = any free one. */
  port: number
}>

function flagValue(args: readonly string[], flag: string): string | undefined {
  const at = args.findIndex((arg) => arg === flag || arg.startsWith(`${flag}=`))
  if (at < 0) return undefined
  const arg = args[at]
  return arg === flag ? args[at + 1] : arg?.slice(flag.length + 1)
}

export function readFlags(args: readonly string[]): Flags {
  return {
    demo: args.includes('--demo'),
    data: flagValue(args, '--data') || usualDataFolder(),
    port: Number(flagValue(args, '--port') ?? 0),
  }
}
