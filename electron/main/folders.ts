/**
 * Folders: where this desk keeps what is its own. One data folder holds everything, so that it can be copied,
 * backed up or set aside as a whole: the core's database and journal, and beside them what the shell keeps.
 */
import { join, resolve } from 'node:path'

export type Folders = Readonly<{
  data: string
  /** Chromium's own profile: caches, no personal data of ours. */
  profile: string
  logs: string
  preferences: string
  drafts: string
  windowState: string
  /** The password of a shared server, encrypted. */
  secret: string
}>

export function foldersOf(data: string): Folders {
  const folder = resolve(data)
  return {
    data: folder,
    profile: join(folder, 'profile'),
    logs: join(folder, 'logs'),
    preferences: join(folder, 'preferences.json'),
    drafts: join(folder, 'drafts.json'),
    windowState: join(folder, 'window.json'),
    secret: join(folder, 'secret.json'),
  }
}
