import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { root } from '../../electron/start/folders.mjs'
import { wrongImports } from '../../electron/start/layers.mjs'

/** A file that imports, and what it imports. */
const wrong: readonly (readonly [string, string])[] = [
  ['core/domain/thinks.ts', '../store/slots.ts'],
  ['core/domain/reads.ts', 'node:fs'],
  ['core/domain/validates.ts', 'zod'],
  ['core/store/knows.ts', '../commands/index.ts'],
  ['core/scheduler/queries.ts', 'kysely'],
  ['core/commands/asks.ts', '../queries/rows.ts'],
  ['core/commands/writes.ts', 'kysely'],
  ['core/queries/draws.ts', 'react'],
  ['core/sync/shows.ts', '../../renderer/page.ts'],
  ['core/contract.ts', './core.ts'],
  ['electron/main/peeks.ts', '../../core/store/slots.ts'],
  ['electron/main/borrows.ts', '../../core/domain/time.ts'],
  ['renderer/features/peeks.ts', '../../core/store/slots.ts'],
  ['renderer/features/does.ts', '../../core/commands/index.ts'],
  ['renderer/features/opens.ts', '../../core/core.ts'],
  ['renderer/features/reads.ts', 'node:fs'],
  ['renderer/features/reaches.ts', '../../electron/main/window.ts'],
]

const right: readonly (readonly [string, string])[] = [
  ['core/domain/counts.ts', './time.ts'],
  ['core/store/counts.ts', '../domain/time.ts'],
  ['core/commands/does.ts', '../store/slots.ts'],
  ['electron/main/opens.ts', '../../core/core.ts'],
  ['renderer/features/checks.ts', '../../core/commands/calls.ts'],
  ['renderer/features/snaps.ts', '../../core/domain/time.ts'],
]

/** Files that only stand there to be imported. */
const targets = [
  'core/domain/time.ts',
  'core/store/slots.ts',
  'core/commands/index.ts',
  'core/commands/calls.ts',
  'core/queries/rows.ts',
  'core/core.ts',
  'electron/main/window.ts',
  'renderer/page.ts',
]

describe('who may import whom', () => {
  let tree = ''
  beforeAll(() => {
    tree = mkdtempSync(join(tmpdir(), 'allmend-layers-'))
    symlinkSync(join(root, 'node_modules'), join(tree, 'node_modules'))
    writeFileSync(
      join(tree, 'package.json'),
      '{"dependencies":{"zod":"*","kysely":"*","react":"*"}}',
    )
    const write = (file: string, text: string) => {
      mkdirSync(dirname(join(tree, file)), { recursive: true })
      writeFileSync(join(tree, file), text)
    }
    for (const file of targets) write(file, 'export const there = 1\n')
    for (const [file, from] of [...wrong, ...right]) {
      write(
        file,
        `import * as it from '${from}'\nimport type { there } from '${from}'\nexport const seen: typeof there = it\n`,
      )
    }
  })
  afterAll(() => rmSync(tree, { recursive: true, force: true }))

  it('a wrong import is found in every layer, and a right one nowhere', async () => {
    const found = await wrongImports(['core', 'electron', 'renderer'], tree)
    const files = new Set(found.wrong.map((line) => line.split(' imports ')[0]))
    expect([...files].sort()).toEqual(wrong.map(([file]) => file).sort())
  })
})
