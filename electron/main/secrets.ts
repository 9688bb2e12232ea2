/**
 * Secrets: the password of the shared database, encrypted by the system's own keychain and kept beside the data. It never
 * reaches the page, the log or a crash report.
 */
import { rmSync } from 'node:fs'
import { safeStorage } from 'electron'
import * as z from 'zod'
import type { Secret } from '../../core/core.ts'
import type { Log } from '../../core/ports.ts'
import { keep, readKept } from './keep.ts'

const stored = z.object({ password: z.string() })

/** Where the system keeps nothing secret, the password is asked for anew after each start. */
export function openSecret(file: string, log: Log): Secret {
  let known: string | null | undefined
  const weak = () =>
    process.platform === 'linux' && safeStorage.getSelectedStorageBackend() === 'basic_text'
  return {
    async read() {
      if (known !== undefined) return known
      known = null
      const found = readKept(file, stored)
      if (found && safeStorage.isEncryptionAvailable()) {
        try {
          known = safeStorage.decryptString(Buffer.from(found.password, 'base64'))
        } catch {
          log.write('warn', 'the kept password cannot be read any more')
        }
      }
      return known
    },
    async write(secret) {
      known = secret
      if (secret === null) return rmSync(file, { force: true })
      if (!safeStorage.isEncryptionAvailable()) {
        log.write('warn', 'the system encrypts nothing: the password is not kept')
        return
      }
      if (weak()) log.write('warn', 'the system has no keychain: the password is only obscured')
      keep(file, { password: safeStorage.encryptString(secret).toString('base64') })
    },
  }
}
