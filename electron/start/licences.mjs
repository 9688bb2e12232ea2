/**
 * Licences: of every package that ships with the desk, read from what is installed, for About.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { root } from './folders.mjs'

/** @param {string} file */
export function writeLicences(file) {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'))
  const shipped = Object.entries(packages)
    .filter(
      ([path, { dev, devOptional, link }]) =>
        path.startsWith('node_modules/') && !dev && !devOptional && !link,
    )
    .flatMap(([path, { version }]) => {
      try {
        const { name, license } = JSON.parse(readFileSync(join(root, path, 'package.json'), 'utf8'))
        return [
          {
            name,
            version,
            licence: typeof license === 'string' ? license : (license?.type ?? 'unknown'),
          },
        ]
      } catch {
        // Meant for another system: it is not installed here and does not ship from here.
        return []
      }
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, `${JSON.stringify(shipped, null, 2)}\n`)
}
