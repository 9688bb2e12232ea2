import { describe, expect, it } from 'vitest'
import { type ArgsOf, callArgs } from '../../core/commands/calls.ts'
import { addDays, mondayOf, overlaps, startOfDay } from '../../core/domain/time.ts'
import { type SampleCall, sampleMunicipality } from '../../core/sample/municipality.ts'

const zone = 'Europe/Zurich'
const made = (today: string, seed = 1291) =>
  sampleMunicipality({ seed, today, zone, context: 'allmend' })
const bookings = (calls: readonly SampleCall[]) =>
  calls.filter((call) => call.name === 'reservation.book').map((call) => call.args as Book)
type Book = ArgsOf<'reservation.book'>
type Ask = ArgsOf<'reservation.request'>

describe('the sample municipality', () => {
  const calls = made('2026-11-21')

  it('is the same for the same seed and day, and another for another seed', () => {
    expect(made('2026-11-21')).toEqual(calls)
    expect(made('2026-11-21', 7)).not.toEqual(calls)
  })

  it('has eleven halls and rooms, availability for each, and about 2,500 bookings', () => {
    const count = (name: string) => calls.filter((call) => call.name === name).length
    const kinds = [count('municipality.found'), count('resource.add'), count('availability.add')]
    expect(kinds).toEqual([1, 11, 12])
    expect(Math.abs(count('reservation.book') - 2500)).toBeLessThan(150)
  })

  it('leaves something to decide: rivals for one evening, two who wait, a closure, and holidays', () => {
    const asked = calls
      .filter((call) => call.name === 'reservation.request')
      .map((call) => call.args as Ask)
    const times = (waiting: boolean) =>
      asked.filter((one) => one.waiting === waiting).map((one) => one.during.start)
    const free = asked.filter((one) => !one.waiting)
    const collides = free.filter((one) =>
      bookings(calls).some(
        (book) => book.resource === one.resource && overlaps(book.during, one.during),
      ),
    )
    const waitFor = asked.filter((one) => one.waiting)
    const taken = waitFor.filter((one) =>
      bookings(calls).some(
        (book) => book.resource === one.resource && overlaps(book.during, one.during),
      ),
    )
    expect({
      rivals: [times(false).length, new Set(times(false)).size],
      waiting: [times(true).length, new Set(times(true)).size, taken.length],
      collides,
      closures: calls.filter((call) => call.name === 'blocker.add').length,
      holidays: calls.filter((call) => call.name === 'holidays.change').length,
    }).toEqual({
      rivals: [5, 2],
      waiting: [2, 1, 2],
      collides: [],
      closures: 1,
      holidays: 1,
    })
  })

  it('consists of commands that the contract accepts as they are', () => {
    const wrong = calls.filter((call) => !callArgs[call.name].safeParse(call.args).success)
    expect(wrong).toEqual([])
  })

  it('is full of life in the week around any day, school holidays included', () => {
    const days = ['2026-01-01', '2026-03-29', '2026-07-20', '2026-10-25', '2027-12-28']
    const lively = days.map((today) => {
      const monday = mondayOf(today)
      const week = { start: startOfDay(monday, zone), end: startOfDay(addDays(monday, 7), zone) }
      return bookings(made(today)).filter((one) => overlaps(one.during, week)).length
    })
    expect(lively.filter((count) => count < 60)).toEqual([])
  })

  it('holds only phone numbers that reach nobody and addresses that exist nowhere', () => {
    const people = bookings(calls).map((one) => one.person)
    const reachable = people.filter(
      ({ phone, email }) =>
        !/^0\d\d 000 \d\d \d\d$/.test(phone) || !(email === '' || email.endsWith('@example.org')),
    )
    expect(reachable).toEqual([])
  })
})
