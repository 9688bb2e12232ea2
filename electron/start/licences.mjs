/**
 * Licences: of every package that ships with the desk, read from what is installed, for About.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { root } from './folders.mjs'

/**
 * As packages say it today, and as they did once.
 * @param {{ license?: string | { type: string }, licenses?: readonly { type: string }[] }} said
 */
function licenceOf({ license, licenses }) {
  if (typeof license === 'string') return license
  const all = license ? [license] : (licenses ?? [])
  return all.map(({ type }) => type).join(' OR ') || 'unknown'
}

/**
 * What is built for one system only are tools: nothing of the desk itself is native.
 * @param {string} file
 */
export function writeLicences(file) {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'))
  const shipped = Object.entries(packages)
    .filter(
      ([path, { dev, devOptional, link, os, cpu }]) =>
        path.startsWith('node_modules/') && !dev && !devOptional && !link && !os && !cpu,
    )
    .flatMap(([path, { version }]) => {
      try {
        const said = JSON.parse(readFileSync(join(root, path, 'package.json'), 'utf8'))
        return [{ name: said.name, version, licence: licenceOf(said) }]
      } catch {
        // Meant for another system: it is not installed here and does not ship from here.
        return []
      }
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, `${JSON.stringify(shipped, null, 2)}\n`)
}
