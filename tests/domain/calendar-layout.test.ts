/** What a row of the timeline shows: strips, words, lanes and levels, before anything is drawn. */
import { describe, expect, it } from 'vitest'
import type { CalendarRows, ResourceRow } from '../../core/queries/rows.ts'
import { layoutDay } from '../../renderer/features/calendar/dayLayout.ts'
import { orderHalls } from '../../renderer/features/calendar/halls.ts'
import { lanesOf } from '../../renderer/features/calendar/lanes.ts'
import { reusing } from '../../renderer/features/calendar/reuse.ts'
import { layoutWeek } from '../../renderer/features/calendar/weekLayout.ts'
import { at, blocked, booked, free, hall, ZONE } from './calendar-rows.ts'

const MONDAY = '2027-06-07'
const TUESDAY = '2027-06-08'

function week(
  resources: readonly ResourceRow[],
  rows: Partial<CalendarRows>,
  density = 'M' as const,
) {
  const all = { free: [], booked: [], blocked: [], ...rows }
  return layoutWeek(resources, all, MONDAY, ZONE, density)
}

function cell(layout: ReturnType<typeof week>, id: string, column: number) {
  const row = layout.rows.find((each) => each.key === id)
  if (row?.kind !== 'hall') throw new Error(`no row ${id}`)
  const found = row.cells[column]
  if (!found) throw new Error(`no column ${column}`)
  return found
}

function dayRow(layout: ReturnType<typeof layoutDay>, id: string) {
  const row = layout.rows.find((each) => each.key === id)
  if (row?.kind !== 'hall') throw new Error(`no row ${id}`)
  return row
}

describe('the order of halls', () => {
  it('puts parts under their parent and groups under their heading', () => {
    const entries = orderHalls([
      hall('third', { group: 'elsewhere', parent: 'gym', position: 1 }),
      hall('room', { group: 'Town hall', position: 3 }),
      hall('gym', { group: 'School', position: 2 }),
    ])
    expect(
      entries.map((each) => (each.kind === 'group' ? each.name : [each.hall.id, each.depth])),
    ).toEqual(['School', ['gym', 0], ['third', 1], 'Town hall', ['room', 0]])
  })

  it('loses no hall to a parent that is missing or a circle', () => {
    const entries = orderHalls([
      hall('a', { parent: 'b' }),
      hall('b', { parent: 'a' }),
      hall('c', { parent: 'gone' }),
    ])
    expect(entries.flatMap((each) => (each.kind === 'hall' ? [each.hall.id] : []))).toEqual([
      'a',
      'b',
      'c',
    ])
  })
})

describe('a cell of the week', () => {
  it('has a strip to scale and words in the order of time', () => {
    const layout = week([hall('aula')], {
      free: [free('aula', [TUESDAY, '07:00', '23:00'])],
      booked: [
        booked('aula', 'choir', [TUESDAY, '19:00', '23:00']),
        booked('aula', 'school', [TUESDAY, '07:00', '11:00']),
      ],
    })
    const { bars, lines, open } = cell(layout, 'aula', 1)
    expect([open, bars, lines.map((line) => [line.time, line.title])]).toEqual([
      [{ from: 0, to: 1 }],
      [
        { kind: 'booked', from: 0, to: 0.25 },
        { kind: 'booked', from: 0.75, to: 1 },
      ],
      [
        ['07:00', 'school'],
        ['19:00', 'choir'],
      ],
    ])
  })

  it('draws three lines and counts the rest', () => {
    const times = ['08:00', '09:00', '10:00', '11:00', '12:00']
    const layout = week([hall('room')], {
      free: [free('room', [MONDAY, '08:00', '18:00'])],
      booked: times.map((time) => booked('room', time, [MONDAY, time, `${time.slice(0, 2)}:30`])),
    })
    const { lines, shown } = cell(layout, 'room', 0)
    expect([lines.length, shown]).toEqual([5, 3])
  })

  it('counts places at the busiest time and requests beside them', () => {
    const layout = week([hall('kita')], {
      free: [free('kita', [MONDAY, '07:00', '18:00'], { places: 12 })],
      booked: [
        booked('kita', 'a', [MONDAY, '07:00', '12:00'], { places: 4 }),
        booked('kita', 'b', [MONDAY, '11:00', '18:00'], { places: 3 }),
        booked('kita', 'c', [MONDAY, '12:00', '18:00']),
        booked('kita', 'd', [MONDAY, '07:00', '18:00'], { state: 'request' }),
      ],
    })
    expect(cell(layout, 'kita', 0).places).toEqual({ taken: 7, of: 12, waiting: 1, noted: 0 })
  })

  it('shows a booking over midnight on both days, the second time as going on', () => {
    const feast = {
      ...booked('aula', 'feast', [MONDAY, '20:00', '23:00']),
      end: at(TUESDAY, '02:00'),
    }
    const layout = week([hall('aula')], { booked: [feast] })
    expect([0, 1, 2].map((column) => cell(layout, 'aula', column).lines[0]?.time)).toEqual([
      '20:00',
      '…',
      undefined,
    ])
  })

  it('leaves a request out of what is taken', () => {
    const layout = week([hall('aula')], {
      free: [free('aula', [MONDAY, '08:00', '22:00'])],
      booked: [
        booked('aula', 'asked', [MONDAY, '09:00', '12:00'], { state: 'request' }),
        booked('aula', 'taken', [MONDAY, '14:00', '16:00']),
      ],
    })
    expect(cell(layout, 'aula', 0).left).toEqual([
      { start: at(MONDAY, '08:00'), end: at(MONDAY, '14:00') },
      { start: at(MONDAY, '16:00'), end: at(MONDAY, '22:00') },
    ])
  })

  it('shows that a part is taken by the whole and the whole by a part, but not a sibling', () => {
    const halls = [
      hall('gym', { position: 1 }),
      hall('north', { parent: 'gym', sharesSpace: true, position: 2 }),
      hall('south', { parent: 'gym', sharesSpace: true, position: 3 }),
    ]
    const all = halls.map((each) => free(each.id, [MONDAY, '07:00', '23:00']))
    const layout = week(halls, {
      free: all,
      booked: [
        booked('gym', 'whole', [MONDAY, '07:00', '11:00']),
        booked('north', 'part', [MONDAY, '11:00', '15:00']),
      ],
    })
    const kinds = (id: string) =>
      cell(layout, id, 0).bars.map((bar) => `${bar.kind} ${bar.from}–${bar.to}`)
    expect([kinds('gym'), kinds('north'), kinds('south')]).toEqual([
      ['shared 0.25–0.5', 'booked 0–0.25'],
      ['shared 0–0.25', 'booked 0.25–0.5'],
      ['shared 0–0.25'],
    ])
  })

  it('does not count a booking twice where the core lists it for the part as well', () => {
    const halls = [hall('gym'), hall('north', { parent: 'gym', sharesSpace: true })]
    const same = { token: 'one' }
    const layout = week(halls, {
      free: [free('north', [MONDAY, '07:00', '23:00'])],
      booked: [
        booked('gym', 'whole', [MONDAY, '07:00', '11:00'], same),
        booked('north', 'whole', [MONDAY, '07:00', '11:00'], same),
      ],
    })
    expect(cell(layout, 'north', 0).bars.map((bar) => bar.kind)).toEqual(['booked'])
  })

  it('has rows of 28, 36 and 44 pixels where one line is needed', () => {
    const rows = { free: [], booked: [booked('a', 'x', [MONDAY, '09:00', '10:00'])], blocked: [] }
    const heights = (['S', 'M', 'L'] as const).map(
      (density) => layoutWeek([hall('a')], rows, MONDAY, ZONE, density).rows[0]?.height,
    )
    expect(heights).toEqual([28, 36, 44])
  })

  it('keeps a blocker apart from bookings, in the strip and in words', () => {
    const layout = week([hall('green')], {
      free: [free('green', [MONDAY, '07:00', '23:00'])],
      blocked: [blocked('green', 'lawn closed', [MONDAY, '07:00', '15:00'])],
    })
    const { bars, lines, left } = cell(layout, 'green', 0)
    expect([bars, lines.map((line) => [line.kind, line.token, line.title]), left.length]).toEqual([
      [{ kind: 'blocked', from: 0, to: 0.5 }],
      [['blocked', null, 'lawn closed']],
      1,
    ])
  })
})

describe('the day to scale', () => {
  it('puts what overlaps into lanes and makes the row higher', () => {
    const rows = {
      free: [free('a', [TUESDAY, '08:00', '22:00'])],
      booked: [
        booked('a', 'one', [TUESDAY, '09:00', '12:00']),
        booked('a', 'two', [TUESDAY, '10:00', '11:00'], { state: 'request' }),
        booked('a', 'three', [TUESDAY, '11:00', '13:00'], { state: 'request' }),
      ],
      blocked: [],
    }
    const row = dayRow(layoutDay([hall('a')], rows, TUESDAY, ZONE, 'M'), 'a')
    expect([row.chips.map((chip) => [chip.title, chip.lane]), row.height]).toEqual([
      [
        ['one', 0],
        ['two', 1],
        ['three', 1],
      ],
      48,
    ])
  })

  it('tells how many places are taken from when to when', () => {
    const rows = {
      free: [free('velo', [TUESDAY, '07:00', '23:00'], { places: 5 })],
      booked: [
        booked('velo', 'a', [TUESDAY, '11:00', '19:00'], { places: 2 }),
        booked('velo', 'b', [TUESDAY, '15:00', '19:00']),
      ],
      blocked: [],
    }
    const row = dayRow(layoutDay([hall('velo')], rows, TUESDAY, ZONE, 'M'), 'velo')
    expect(row.levels?.map((level) => [level.from, level.to, level.taken, level.of])).toEqual([
      [0, 0.25, 0, 5],
      [0.25, 0.5, 2, 5],
      [0.5, 0.75, 3, 5],
      [0.75, 1, 0, 5],
    ])
  })

  it('draws two hours twice as wide as one on the day of 25 hours', () => {
    const day = '2026-10-25'
    const rows = {
      free: [],
      booked: [
        { ...booked('a', 'night', [day, '01:00', '03:00']) },
        booked('a', 'brunch', [day, '10:00', '11:00']),
      ],
      blocked: [],
    }
    const layout = layoutDay([hall('a')], rows, day, ZONE, 'M')
    const widths = dayRow(layout, 'a').chips.map((chip) =>
      Math.round((chip.to - chip.from) * layout.marks.length),
    )
    expect([widths, layout.marks.map((mark) => mark.hour).slice(0, 4)]).toEqual([
      // 01:00 to 03:00 is three hours in this night.
      [3, 1],
      [1, 2, 2, 3],
    ])
  })

  it('names the halls that take the space and leads to their booking', () => {
    const halls = [
      hall('gym', { name: 'Turnhalle' }),
      hall('north', { name: 'Nord', parent: 'gym', sharesSpace: true }),
    ]
    const rows = {
      free: halls.map((each) => free(each.id, [TUESDAY, '08:00', '22:00'])),
      booked: [booked('north', 'judo', [TUESDAY, '18:00', '20:00'])],
      blocked: [],
    }
    const { chips } = dayRow(layoutDay(halls, rows, TUESDAY, ZONE, 'M'), 'gym')
    expect(chips.map((chip) => [chip.kind, chip.title, chip.token])).toEqual([
      ['shared', 'Nord', 'token of judo'],
    ])
  })
})

describe('lanes', () => {
  it('are as many as overlap at once, and nothing in one lane overlaps', () => {
    const seed = Number(process.env.SEED ?? Date.now() % 1_000_000)
    let state = seed
    const random = () => {
      state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
      return state / 2_147_483_648
    }
    const spans = Array.from({ length: 400 }, () => {
      const start = Math.floor(random() * 1000)
      return { start, end: start + 1 + Math.floor(random() * 50) }
    }).sort((one, other) => one.start - other.start || one.end - other.end)
    const { lanes, count } = lanesOf(spans)
    const busiest = Math.max(
      ...spans.map(({ start }) => spans.filter((s) => s.start <= start && start < s.end).length),
    )
    const clashes = spans.flatMap((one, index) =>
      spans.filter(
        (other, at) =>
          at > index &&
          lanes[at] === lanes[index] &&
          one.start < other.end &&
          other.start < one.end,
      ),
    )
    expect({ seed, count, clashes }).toEqual({ seed, count: busiest, clashes: [] })
  })
})

describe('a layout after a change', () => {
  const halls = [hall('a'), hall('b')]
  const rows = {
    free: halls.map((each) => free(each.id, [MONDAY, '08:00', '22:00'])),
    booked: [booked('a', 'one', [MONDAY, '09:00', '10:00'])],
    blocked: [],
  }
  const before = layoutWeek(halls, rows, MONDAY, ZONE, 'M')
  const changed = { ...rows, booked: [booked('a', 'other', [MONDAY, '09:00', '10:00'])] }

  it('keeps the very rows that say the same', () => {
    const fresh = layoutWeek(structuredClone(halls), structuredClone(changed), MONDAY, ZONE, 'M')
    const after = reusing(before, fresh)
    expect(after.rows.map((row, index) => row === before.rows[index])).toEqual([false, true])
    expect(after).toEqual(fresh)
  })

  it.each([
    ['another week', layoutWeek(halls, rows, '2027-06-14', ZONE, 'M')],
    ['another density', layoutWeek(halls, rows, MONDAY, ZONE, 'S')],
  ])('is all new in %s', (_, next) => {
    const after = reusing(before, next)
    expect(after.rows.some((row) => before.rows.includes(row))).toBe(false)
  })
})
