/**
 * Layers: who imports whom, checked against `.dependency-cruiser.mjs`. It goes through dependency-cruiser's
 * interface and not through its command, because the command refuses Node 20, on which it works.
 */
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { root } from './folders.mjs'

/**
 * @param {readonly string[]} folders below `base`
 * @param {string} [base] the tree they lie in; the source tree where it is not given
 * @returns {Promise<{ modules: number, wrong: string[] }>} one line per wrong import
 */
export async function wrongImports(folders, base = root) {
  const { cruise } = await import('dependency-cruiser')
  const config = await import(pathToFileURL(join(root, '.dependency-cruiser.mjs')).href)
  const { forbidden, options } = config.default
  const { output } = await cruise([...folders], {
    ...options,
    baseDir: base,
    ruleSet: { forbidden },
    validate: true,
  })
  if (typeof output === 'string')
    throw new Error('dependency-cruiser gave a text instead of a result')
  const { totalCruised, violations } = output.summary
  return {
    modules: totalCruised,
    wrong: violations.map(({ rule, from, to }) => `${from} imports ${to} (rule: ${rule.name})`),
  }
}
