import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Draft, drafts } from '../../core/contract.ts'
import { openDrafts } from '../../electron/main/drafts.ts'

const typed: Draft = {
  token: 't',
  resource: '',
  date: '14.6',
  from: '18',
  to: '',
  places: '1',
  person: '',
  name: 'Ruth Meier',
  organisation: '',
  phone: '',
  email: '',
  title: '',
  persons: '',
  isPublic: false,
  note: '',
  also: '',
  length: '2',
  weekdays: '6,7',
  features: 'Beamer',
  holds: true,
}

describe('drafts on disk', () => {
  const log = { write: () => {} }
  let folder = ''
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'allmend-drafts-'))
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  it('come back as they were typed, and leave no other file behind', () => {
    const path = join(folder, 'drafts.json')
    const all = { current: typed, parked: [{ ...typed, name: 'Hans Muster' }] }
    openDrafts(path, log).write(all)
    expect([openDrafts(path, log).read(), readdirSync(folder)]).toEqual([all, ['drafts.json']])
  })

  it.each(['', '{"current": {"token": "t"', '{"current": 7}', '[]'])(
    'count as none where the file cannot be read: %j',
    (text) => {
      const path = join(folder, 'drafts.json')
      writeFileSync(path, text)
      expect(openDrafts(path, log).read()).toEqual({ current: null, parked: [] })
    },
  )

  it('are five that wait at most, whatever a screen sends', () => {
    expect(drafts.safeParse({ current: null, parked: Array(5).fill(typed) }).success).toBe(true)
    expect(drafts.safeParse({ current: null, parked: Array(6).fill(typed) }).success).toBe(false)
  })
})
