/**
 * Where things lie: the source tree, and the cache of this user, which is outside of it so that a fresh clone
 * fetches nothing twice.
 */
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The source tree. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))

/** @returns {string} the folder for what can be fetched again; `ALLMEND_CACHE` puts it elsewhere */
export function cacheFolder() {
  const { env, platform } = process
  if (env.ALLMEND_CACHE) return env.ALLMEND_CACHE
  if (platform === 'win32') {
    return join(env.LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local'), 'allmend', 'cache')
  }
  if (platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'allmend')
  return join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'allmend')
}
