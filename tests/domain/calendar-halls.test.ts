/** Choosing halls: sets saved under a name, and what the list offers for what is typed. */
import { expect, test } from 'vitest'
import { choicesFor } from '../../renderer/features/calendar/hallChoices.ts'
import { removed, renamed, saved, setOf } from '../../renderer/features/calendar/hallSets.ts'
import { hall } from './calendar-rows.ts'

const halls = [
  hall('aula', { name: 'Aula', group: 'Schulhaus', position: 1 }),
  hall('gym', { name: 'Turnhalle', group: 'Schulhaus', position: 2 }),
  hall('third', { name: 'Drittel A', group: 'Schulhaus', parent: 'gym', position: 3 }),
  hall('saal', { name: 'Saal', group: 'Gemeindehaus', position: 4, aliases: ['Mehrzweckhalle'] }),
]
const words = { t: () => 'Alle Hallen' }

test('a set is saved in the order of the names, replaced under its name, and removed', () => {
  const one = saved([], 'Turnen', ['gym', 'third'])
  const two = saved(one, ' Feste ', ['aula', 'saal'])
  const replaced = saved(two, 'turnen', ['gym'])
  expect([two.map((each) => each.name), replaced[1], removed(replaced, 'Feste').length]).toEqual([
    ['Feste', 'Turnen'],
    { name: 'turnen', halls: ['gym'] },
    1,
  ])
})

test('a set gets another name, but not that of another set', () => {
  const sets = saved(saved([], 'Feste', ['aula', 'saal']), 'Turnen', ['gym'])
  expect([
    renamed(sets, 'Turnen', 'FESTE'),
    renamed(sets, 'Turnen', 'turnen'),
    renamed(sets, 'Turnen', 'Sport'),
  ]).toEqual([
    { taken: 'Feste' },
    { sets: [sets[0], { name: 'turnen', halls: ['gym'] }] },
    { sets: [sets[0], { name: 'Sport', halls: ['gym'] }] },
  ])
})

test('a set is known by its halls in any order, without those that are gone', () => {
  const sets = [{ name: 'Feste', halls: ['aula', 'saal', 'gone'] }]
  expect([
    setOf(['saal', 'aula'], sets, halls)?.name,
    setOf(['aula'], sets, halls)?.name,
    setOf([], [{ name: 'Leer', halls: ['gone'] }], halls)?.name,
  ]).toEqual(['Feste', undefined, 'Leer'])
})

test('the list has all halls first, then the sets, then groups with their halls', () => {
  const sets = saved([], 'Turnen', ['gym', 'third'])
  const said = (typed: string) =>
    choicesFor(typed, halls, sets, words).map((each) => `${each.kind} ${each.name}`)
  expect([said(''), said('turn'), said('schul'), said('mehrzw'), said('xyz')]).toEqual([
    [
      'all Alle Hallen',
      'set Turnen',
      'group Schulhaus',
      'hall Aula',
      'hall Turnhalle',
      'hall Drittel A',
      'group Gemeindehaus',
      'hall Saal',
    ],
    ['set Turnen', 'hall Turnhalle'],
    ['group Schulhaus'],
    ['hall Saal'],
    [],
  ])
})
