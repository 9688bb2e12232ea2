import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { exclusively } from '../../electron/start/exclusive.mjs'

describe('two starts side by side', () => {
  let folder = ''
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'allmend-exclusive-'))
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  it('never install, build or fetch at the same time', async () => {
    let inside = 0
    let most = 0
    const work = async () => {
      inside++
      most = Math.max(most, inside)
      await new Promise((resolve) => setTimeout(resolve, 50))
      inside--
    }
    await Promise.all([1, 2, 3].map(() => exclusively(join(folder, 'lock'), 'waiting', work)))
    expect(most).toBe(1)
  })

  it('go on where the one that held the lock has died', async () => {
    mkdirSync(join(folder, 'lock'))
    // No process has this number: Linux stops at 4194304.
    writeFileSync(join(folder, 'lock', 'pid'), '99999999')
    expect(await exclusively(join(folder, 'lock'), 'waiting', async () => 'done')).toBe('done')
  })

  it('free the lock when their work fails', async () => {
    const failing = exclusively(join(folder, 'lock'), 'waiting', async () => {
      throw new Error('no')
    })
    await expect(failing).rejects.toThrow('no')
    expect(await exclusively(join(folder, 'lock'), 'waiting', async () => 'done')).toBe('done')
  })
})
