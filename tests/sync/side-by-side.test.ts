import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Takes } from '../../core/commands/command.ts'
import { type Branch, roundsOf } from '../../core/sync/side-by-side.ts'
import { at, hall, idOf } from '../harness/authority.ts'

const ZONE = 'Europe/Zurich'
const tree: Branch[] = [
  { id: hall('gym'), parent: null },
  { id: hall('third'), parent: hall('gym') },
  { id: hall('corner'), parent: hall('third') },
  { id: hall('aula'), parent: null },
]

const takes = (
  key: string,
  day: string,
  from: string,
  to: string,
  more: Partial<Takes> = {},
): Takes => ({
  token: idOf(`${key} ${day} ${from}`),
  resource: hall(key),
  during: { start: at(day, from), end: at(day, to) },
  person: { id: idOf('Meier') },
  ...more,
})

it('lets strangers go together and keeps the order of those that share a hall on a day', () => {
  const all = [
    takes('gym', '2027-06-07', '18:00', '20:00'),
    takes('aula', '2027-06-07', '18:00', '20:00'),
    takes('third', '2027-06-07', '20:00', '21:00'),
    takes('gym', '2027-06-08', '18:00', '20:00'),
    takes('corner', '2027-06-07', '21:00', '22:00'),
  ]
  expect(roundsOf(all, tree, ZONE)).toEqual([[0, 1, 3], [2], [4]])
})

it('counts both days of a night, by the clocks of the municipality', () => {
  const all = [
    takes('aula', '2027-06-07', '22:00', '23:30'),
    { ...takes('aula', '2027-06-08', '00:30', '01:30') },
    takes('aula', '2027-06-09', '08:00', '09:00'),
  ]
  const night = {
    ...takes('aula', '2027-06-07', '23:30', '23:45'),
    during: { start: at('2027-06-07', '23:30'), end: at('2027-06-08', '00:30') },
  }
  expect(roundsOf([...all, night], tree, ZONE)).toEqual([[0, 1, 2], [3]])
})

it('waits for a person of whom something new is said, and for a command that stands alone', () => {
  const changed = { person: { id: idOf('Meier'), phone: '079 000 01 41' } }
  const all = [
    takes('aula', '2027-06-07', '18:00', '20:00'),
    takes('gym', '2027-06-07', '18:00', '20:00', changed),
    undefined,
    takes('aula', '2027-06-09', '18:00', '20:00', { person: { id: idOf('Keller') } }),
  ]
  expect(roundsOf(all, tree, ZONE)).toEqual([[0], [1], [2], [3]])
})

it('has every command once, none beside one it shares something with, and each after those before it', () => {
  const one = fc.record({
    key: fc.constantFrom('gym', 'third', 'corner', 'aula'),
    day: fc.constantFrom('2027-10-30', '2027-10-31', '2027-11-01'),
    hour: fc.integer({ min: 8, max: 20 }),
    token: fc.integer({ min: 0, max: 30 }),
    alone: fc.integer({ min: 0, max: 9 }),
  })
  fc.assert(
    fc.property(fc.array(one, { maxLength: 40 }), (drawn) => {
      const all = drawn.map(({ key, day, hour, token, alone }) =>
        alone === 0
          ? undefined
          : takes(key, day, `${String(hour).padStart(2, '0')}:00`, `${hour + 1}:00`, {
              token: idOf(`${token}`),
            }),
      )
      const rounds = roundsOf(all, tree, ZONE)
      expect(rounds.flat().sort((a, b) => a - b)).toEqual(all.map((_, position) => position))
      const roundAt = new Map(rounds.flatMap((round, n) => round.map((position) => [position, n])))
      const top = (key: string) => (key === 'aula' ? 'aula' : 'gym')
      for (const [late, b] of drawn.entries()) {
        for (const [early, a] of drawn.slice(0, late).entries()) {
          const shared =
            !all[early] ||
            !all[late] ||
            a.token === b.token ||
            (top(a.key) === top(b.key) && a.day === b.day)
          if (shared) expect(roundAt.get(early)).toBeLessThan(roundAt.get(late) as number)
        }
      }
    }),
  )
})
