/**
 * The data folder used where none is given. The start scripts look whether it can be written, and the desk
 * opens it: both ask here.
 */
import { homedir } from 'node:os'
import { join } from 'node:path'

/** @returns {string} */
export function usualDataFolder() {
  const { env, platform } = process
  const home = homedir()
  if (platform === 'win32') return join(env.APPDATA ?? join(home, 'AppData', 'Roaming'), 'Allmend')
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Allmend')
  return join(env.XDG_DATA_HOME || join(home, '.local', 'share'), 'allmend')
}
