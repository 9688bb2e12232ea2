import fc from 'fast-check'
import { DateTime } from 'luxon'
import { describe, expect, it } from 'vitest'
import { AmbiguousTimeError, NonExistentTimeError, ValueError } from '../../core/domain/failure.ts'
import { microsOf, textOf } from '../../core/domain/micros.ts'
import { instantOf } from '../../core/domain/when.ts'
import { isoOf, localise, offsetAt, zonedTime } from '../../core/domain/zone.ts'

const ZONES = [
  'Europe/Zurich',
  'America/New_York',
  'UTC',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'America/Sao_Paulo',
  'Africa/Casablanca',
  'Pacific/Apia',
]

const read = (text: string, zone: string, reading = {}) =>
  isoOf(zonedTime(localise(microsOf(text), zone, reading), zone))

describe('zones', () => {
  it('knows the same offsets as luxon at any instant', () => {
    const instants = fc.integer({ min: Date.UTC(1990, 0), max: Date.UTC(2037, 0) })
    fc.assert(
      fc.property(fc.constantFrom(...ZONES), instants, (zone, ms) => {
        const offset = DateTime.fromMillis(ms, { zone }).offset
        expect(offsetAt(ms * 1000, zone) / 60_000_000).toBe(offset)
      }),
      { numRuns: 2000 },
    )
  })

  it('reads every local time that exists once as the instant that shows it', () => {
    const instants = fc.integer({ min: Date.UTC(2020, 0), max: Date.UTC(2032, 0) })
    fc.assert(
      fc.property(fc.constantFrom(...ZONES), instants, (zone, ms) => {
        const at = ms * 1000
        const found = localise(at + offsetAt(at, zone), zone)
        // An hour that comes twice is read as the second one.
        expect([at, at + 3_600_000_000, at + 1_800_000_000]).toContain(found)
        expect(found + offsetAt(found, zone)).toBe(at + offsetAt(at, zone))
      }),
      { numRuns: 2000 },
    )
  })

  it('reads an hour that comes twice as standard time, unless summer is asked for', () => {
    expect([
      read('2026-10-25T02:30', 'Europe/Zurich'),
      read('2026-10-25T02:30', 'Europe/Zurich', { isDst: true }),
      read('2026-10-25T02:30', 'Europe/Zurich', { raiseNonExistent: true }),
    ]).toEqual([
      '2026-10-25T02:30:00.000000+01:00',
      '2026-10-25T02:30:00.000000+02:00',
      '2026-10-25T02:30:00.000000+01:00',
    ])
  })

  it('reads an hour that spring leaves out as if standard time still applied', () => {
    expect([
      read('2026-03-29T02:30', 'Europe/Zurich'),
      read('2026-03-29T02:30', 'Europe/Zurich', { isDst: true }),
      read('2026-03-29T02:30', 'Europe/Zurich', { raiseAmbiguous: true }),
    ]).toEqual([
      '2026-03-29T03:30:00.000000+02:00',
      '2026-03-29T01:30:00.000000+01:00',
      '2026-03-29T03:30:00.000000+02:00',
    ])
  })

  it('says so where the caller wants to know', () => {
    expect(() => read('2026-03-29T02:30', 'Europe/Zurich', { raiseNonExistent: true })).toThrow(
      NonExistentTimeError,
    )
    expect(() => read('2026-10-25T02:30', 'Europe/Zurich', { raiseAmbiguous: true })).toThrow(
      AmbiguousTimeError,
    )
    expect(() => read('2026-10-25T02:30', '')).toThrow(ValueError)
  })

  it('takes a time in every form that callers write', () => {
    const forms = [
      '2026-04-01T10:00',
      '2026-04-01 10:00:00.000000',
      '2026-04-01T08:00Z',
      '2026-04-01T10:00+02:00',
      '2026-04-01T04:00[America/New_York]',
      Date.UTC(2026, 3, 1, 8),
      DateTime.fromISO('2026-04-01T13:45', { zone: 'Asia/Kathmandu' }),
      { at: microsOf('2026-04-01T08:00'), offset: 0, zone: 'UTC' },
    ]
    const instants = forms.map((form) => textOf(instantOf(form, 'Europe/Zurich')))
    expect(new Set(instants)).toEqual(new Set(['2026-04-01T08:00:00.000000']))
  })

  it('refuses what is no time', () => {
    expect(() => instantOf('tomorrow', 'UTC')).toThrow(ValueError)
  })

  it('writes microseconds and reads them back, from the year 1 to 9999', () => {
    const seconds = fc.integer({ min: -62_135_596_800, max: 253_402_300_799 })
    const rest = fc.integer({ min: 0, max: 999_999 })
    fc.assert(
      fc.property(seconds, rest, (second, micro) => {
        const at = second * 1_000_000 + (Math.abs(second) < 9_000_000_000 ? micro : 0)
        expect(microsOf(textOf(at))).toBe(at)
        expect(textOf(at).slice(0, 19)).toBe(new Date(second * 1000).toISOString().slice(0, 19))
      }),
      { numRuns: 2000 },
    )
  })
})
