/**
 * Folders: where this desk keeps what is its own. One data folder holds everything, so that it can be copied,
 * backed up or set aside as a whole: the core's database and journal, and beside them what the shell keeps.
 */
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'

export type Folders = Readonly<{
  data: string
  /** Chromium's own profile: caches, no personal data of ours. */
  profile: string
  logs: string
  preferences: string
  windowState: string
}>

/** @returns the data folder used where none is given */
export function usualDataFolder(
  env: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
): string {
  const home = homedir()
  if (platform === 'win32') return join(env.APPDATA ?? join(home, 'AppData', 'Roaming'), 'Allmend')
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Allmend')
  return join(env.XDG_DATA_HOME || join(home, '.local', 'share'), 'allmend')
}

export function foldersOf(data: string): Folders {
  const folder = resolve(data)
  return {
    data: folder,
    profile: join(folder, 'profile'),
    logs: join(folder, 'logs'),
    preferences: join(folder, 'preferences.json'),
    windowState: join(folder, 'window.json'),
  }
}
