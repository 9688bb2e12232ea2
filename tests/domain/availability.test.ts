import { describe, expect, it } from 'vitest'
import { alternatives } from '../../core/domain/alternatives.ts'
import { spansOf } from '../../core/domain/availability.ts'
import { phoneDigits } from '../../core/domain/phone.ts'
import { makesCircle } from '../../core/domain/resource.ts'
import { instantAt } from '../../core/domain/time.ts'

const ZURICH = 'Europe/Zurich'
const rule = {
  from: '2026-10-23',
  until: '2026-10-26',
  weekdays: [1, 5, 6, 7],
  opens: '08:00',
  closes: '22:00',
  except: [],
}
const text = ({ start, end }: { start: number; end: number }) =>
  `${new Date(start).toISOString()}/${new Date(end).toISOString()}`

describe('an availability rule', () => {
  it('keeps the clock time over the change of clocks', () => {
    expect(spansOf(rule, ZURICH).map(text)).toEqual([
      '2026-10-23T06:00:00.000Z/2026-10-23T20:00:00.000Z',
      '2026-10-24T06:00:00.000Z/2026-10-24T20:00:00.000Z',
      '2026-10-25T07:00:00.000Z/2026-10-25T21:00:00.000Z',
      '2026-10-26T07:00:00.000Z/2026-10-26T21:00:00.000Z',
    ])
  })

  it('leaves out excepted days and weekdays it does not name', () => {
    const some = { ...rule, weekdays: [6, 7], except: ['2026-10-24'] }
    expect(spansOf(some, ZURICH).map(text)).toEqual([
      '2026-10-25T07:00:00.000Z/2026-10-25T21:00:00.000Z',
    ])
  })

  it('runs into the next day when it closes at or before it opens', () => {
    const night = {
      ...rule,
      from: '2026-10-24',
      until: '2026-10-24',
      opens: '20:00',
      closes: '02:00',
    }
    expect(spansOf(night, ZURICH).map(text)).toEqual([
      '2026-10-24T18:00:00.000Z/2026-10-25T01:00:00.000Z',
    ])
  })

  it('gives nothing when it ends before it begins', () => {
    expect(spansOf({ ...rule, until: '2026-10-01' }, ZURICH)).toEqual([])
  })
})

describe('alternatives', () => {
  const at = (time: string) => instantAt('2026-06-13', time, ZURICH)
  const open = (resource: string, opens: string, closes: string) => ({
    resource,
    start: at(opens),
    end: at(closes),
    step: 30,
    places: 1,
    byStaff: false,
  })
  const search = {
    wish: { resource: 'aula', start: at('19:00'), end: at('21:00') },
    places: 1,
    candidates: [
      { resource: 'aula', name: 'Aula', sharing: [] },
      { resource: 'third', name: 'Drittel A', sharing: ['gym'] },
      { resource: 'saal', name: 'Saal', sharing: [] },
    ],
    open: [
      open('aula', '08:00', '22:00'),
      open('third', '08:00', '22:00'),
      open('saal', '08:00', '24:00'),
    ],
    taken: [
      { resource: 'aula', start: at('19:30'), end: at('21:00') },
      { resource: 'gym', start: at('18:00'), end: at('20:00') },
    ],
    now: at('00:00'),
    most: 3,
  }
  const shown = (found: readonly { resourceName: string; start: number; end: number }[]) =>
    found.map((one) => `${one.resourceName} ${text(one).slice(11, 16)}`)

  it('offer the nearest time in the same place first, then other places, around what shares their space', () => {
    expect(shown(alternatives(search))).toEqual(['Aula 15:30', 'Saal 17:00', 'Drittel A 18:00'])
  })

  it('never lie in the past', () => {
    expect(shown(alternatives({ ...search, now: at('18:00') }))).toEqual([
      'Saal 17:00',
      'Drittel A 18:00',
    ])
  })
})

it('a phone number is one whatever the way it was typed', () => {
  const typed = ['079 000 01 40', '+41 79 000 01 40', '0041790000140', '+41 (0)79 000 01 40']
  expect([...new Set(typed.map((one) => phoneDigits(one)))]).toEqual(['41790000140'])
})

it('a resource cannot become a part of its own parts', () => {
  const parentOf = new Map([
    ['gym', null],
    ['third', 'gym'],
    ['corner', 'third'],
  ])
  expect([makesCircle('gym', 'corner', parentOf), makesCircle('corner', 'gym', parentOf)]).toEqual([
    true,
    false,
  ])
})
