import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openPreferences } from '../../electron/main/preferences.ts'

describe('the preferences of a desk', () => {
  const log = { write: () => {} }
  const usual = {
    language: 'de-CH',
    theme: 'auto',
    density: 'M',
    route: '',
    actor: '',
    hallSets: [],
    hidden: [],
  }
  let folder = ''
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'allmend-preferences-'))
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  it('come back after a restart, and a change leaves the others as they were', () => {
    const path = join(folder, 'preferences.json')
    openPreferences(path, log).change({ language: 'fr-CH' })
    openPreferences(path, log).change({ theme: 'dark' })
    expect(openPreferences(path, log).read()).toEqual({
      ...usual,
      language: 'fr-CH',
      theme: 'dark',
    })
    expect(readdirSync(folder)).toEqual(['preferences.json'])
  })

  it.each([
    ['half a file', '{"language": "fr'],
    ['no file of ours', '[1, 2]'],
    ['an empty file', ''],
  ])('are the usual ones where there is %s', (_, text) => {
    const path = join(folder, 'preferences.json')
    writeFileSync(path, text)
    expect(openPreferences(path, log).read()).toEqual(usual)
  })

  it('keep what is good of a newer version, and drop what is unknown', () => {
    const path = join(folder, 'preferences.json')
    writeFileSync(path, JSON.stringify({ language: 'it-CH', theme: 'sepia', hologram: true }))
    expect(openPreferences(path, log).read()).toEqual({ ...usual, language: 'it-CH' })
  })

  it('keep a calendar of many halls and the sets they were saved in', () => {
    const path = join(folder, 'preferences.json')
    const halls = Array.from({ length: 120 }, () => crypto.randomUUID())
    const route = `calendar/timeline/week/2027-06-14?halls=${halls.join(',')}`
    const hallSets = [{ name: 'Turnhallen', halls }]
    openPreferences(path, log).change({ route, hallSets, hidden: ['requests'] })
    expect(openPreferences(path, log).read()).toEqual({
      ...usual,
      route,
      hallSets,
      hidden: ['requests'],
    })
  })

  it('hold for this run where the disk refuses them', () => {
    const blocked = join(folder, 'file')
    writeFileSync(blocked, '')
    const preferences = openPreferences(join(blocked, 'preferences.json'), log)
    expect(preferences.change({ density: 'S' })).toEqual({ ...usual, density: 'S' })
  })
})
