/**
 * Data: whether the folder for it can be used at all, found out before a window opens. Whether what lies in it
 * can be read, and who holds it, is the core's to say.
 */
import { closeSync, fsyncSync, mkdirSync, openSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { Stop } from './say.mjs'

/** As much as a first database needs to begin with; less than that free is a full disk. */
const PROBE_BYTES = 1024 * 1024

/** @param {unknown} error @param {string} folder @returns {Stop | unknown} */
function inWords(error, folder) {
  switch (/** @type {NodeJS.ErrnoException} */ (error).code) {
    case 'EACCES':
    case 'EPERM':
      return new Stop(
        `The data folder ${folder} may not be written: allow it, or name another one with --data.`,
      )
    case 'ENOENT':
      return new Stop(
        `The data folder ${folder} cannot be made there: name another one with --data.`,
      )
    case 'EROFS':
      return new Stop(
        `The data folder ${folder} lies on a disk that can only be read: name another one with --data.`,
      )
    case 'ENOSPC':
    case 'EDQUOT':
      return new Stop(
        `The disk that holds ${folder} is full: free some space and start again; nothing was changed.`,
      )
    case 'ENOTDIR':
    case 'EEXIST':
      return new Stop(
        `${folder} cannot be a folder, because there is a file in the way: name another one with --data.`,
      )
    case 'ENAMETOOLONG':
      return new Stop(`The name of the data folder ${folder} is too long.`)
    default:
      return error
  }
}

/**
 * One after the other: Node's own way to make a chain of folders never ends where the system says that a
 * folder it just saw is not there, as Linux does below /proc.
 * @param {string} folder
 */
function makeFolder(folder) {
  if (statSync(folder, { throwIfNoEntry: false })) return
  if (dirname(folder) !== folder) makeFolder(dirname(folder))
  mkdirSync(folder, { mode: 0o700 })
}

/** @param {string} folder @returns {string} its full path; it exists now, and can be written */
export function ensureDataFolder(folder) {
  const full = resolve(process.env.INIT_CWD ?? process.cwd(), folder)
  try {
    if (statSync(full, { throwIfNoEntry: false })?.isDirectory() === false) {
      throw new Stop(`${full} is a file: --data needs a folder.`)
    }
    makeFolder(full)
    const probe = join(full, `.probe-${process.pid}`)
    try {
      const file = openSync(probe, 'w')
      try {
        writeFileSync(file, Buffer.alloc(PROBE_BYTES, 1))
        fsyncSync(file)
      } finally {
        closeSync(file)
      }
    } finally {
      rmSync(probe, { force: true })
    }
  } catch (error) {
    throw error instanceof Stop ? error : inWords(error, full)
  }
  return full
}
