/** Who competes with whom, who loses by an approval, and to whom a free place is offered. */
import { expect, test } from 'vitest'
import {
  type Asked,
  competition,
  grouped,
  losersTo,
  offered,
} from '../../core/domain/competition.ts'

const HOUR = 3_600_000
/** The thirds share space with the gym, not with each other. */
const near = (one: string, other: string) =>
  one === other || (one === 'gym' && other !== 'aula') || (other === 'gym' && one !== 'aula')

const ask = (
  token: string,
  [resource, from, to]: readonly [string, number, number],
  more: Partial<Asked> = {},
): Asked => ({
  token,
  dates: [{ resource, start: from * HOUR, end: to * HOUR, places: more.places ?? 1 }],
  places: 1,
  free: 1,
  waitingSince: null,
  createdAt: token.charCodeAt(0),
  ...more,
})
const names = (all: readonly Asked[]) => all.map((one) => one.token).join('')

test('who wants the same hour of the same hall competes; who is before or after does not', () => {
  const all = [
    ask('a', ['aula', 10, 12]),
    ask('b', ['aula', 11, 13]),
    ask('c', ['aula', 12, 14]),
    ask('d', ['aula', 14, 15]),
  ]
  const rivals = competition(all, near)
  expect([...rivals].map(([token, those]) => `${token}:${names(those)}`)).toEqual([
    'a:b',
    'b:ac',
    'c:b',
    'd:',
  ])
  expect(grouped(all, rivals).map(names)).toEqual(['abc', 'd'])
})

test('there is no competition while there are places for all at every moment', () => {
  const two = { free: 2 }
  const enough = [
    ask('a', ['kita', 8, 18], two),
    ask('b', ['kita', 8, 12], two),
    ask('c', ['kita', 12, 18], two),
  ]
  const tooMany = [...enough, ask('d', ['kita', 8, 12], two)]
  const of = (all: Asked[]) => grouped(all, competition(all, near)).map(names)
  expect([of(enough), of(tooMany)]).toEqual([['a', 'b', 'c'], ['abcd']])
})

test('the whole competes with each of its parts, the parts not with each other', () => {
  const all = [
    ask('a', ['third A', 18, 20]),
    ask('b', ['third B', 18, 20]),
    ask('c', ['aula', 18, 20]),
  ]
  const whole = ask('w', ['gym', 18, 20])
  const groups = (those: Asked[]) => grouped(those, competition(those, near)).map(names)
  expect([groups(all), groups([...all, whole])]).toEqual([
    ['a', 'b', 'c'],
    ['abw', 'c'],
  ])
})

test('an approval costs only those their place for whom it was the last one', () => {
  const all = [
    ask('a', ['kita', 8, 18], { free: 2 }),
    ask('b', ['kita', 8, 18], { free: 2 }),
    ask('c', ['kita', 8, 18], { free: 2, places: 2 }),
    ask('d', ['kita', 8, 18], { free: 0 }),
  ]
  expect(names(losersTo(all[0] as Asked, all, near))).toBe('c')
  expect(names(losersTo(all[2] as Asked, all, near))).toBe('ab')
})

test('a freed place is offered to the first in line who fits, and each place once', () => {
  const one = { free: 1 }
  const line = [
    ask('a', ['kita', 8, 18], { ...one, waitingSince: 30 }),
    ask('b', ['kita', 8, 18], { ...one, waitingSince: 10, places: 2 }),
    ask('c', ['kita', 8, 18], { ...one, waitingSince: 20 }),
    ask('d', ['aula', 8, 18], { ...one, waitingSince: 40 }),
    ask('e', ['kita', 8, 18], one),
  ]
  expect(names(offered(line, near))).toBe('cd')
})
