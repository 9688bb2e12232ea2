/**
 * Random stories of a hall, told to the scheduler and to a model in memory. After every sentence both must have
 * given the same answer and hold the same steps in the same places, and the tables must be sound by themselves.
 *
 * `SCHEDULER_SEED=… npx vitest run tests/scheduler/properties.test.ts` repeats a run, `SCHEDULER_RUNS` makes it longer.
 */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { MINUTE_US, type Micros } from '../../core/domain/micros.ts'
import type { Uuid } from '../../core/domain/time.ts'
import { mirrorUuids } from '../../core/domain/uuid.ts'
import type { Allocation } from '../../core/scheduler/allocation.ts'
import { LibresError } from '../../core/scheduler/errors.ts'
import type { Scheduler } from '../../core/scheduler/scheduler.ts'
import { schedulerOn } from '../../core/scheduler/scheduler-on.ts'
import type { ReservedSlot } from '../../core/scheduler/slot.ts'
import type { Database } from '../../core/store/database.ts'
import { eachDatabase } from '../harness/databases.ts'
import { type Answer, type Booked, HallModel, type Opening } from './hall-model.ts'

const seed = Number(process.env.SCHEDULER_SEED ?? Math.floor(Math.random() * 2 ** 31))
const MIDNIGHT_MS = Date.UTC(2027, 5, 1)
const HOUR = 60

type Sentence =
  | { do: 'open'; hour: number; hours: number; step: number; partly: boolean; quota: number }
  | { do: 'book'; at: number; from: number; steps: number; quota: number }
  | { do: 'cancel'; at: number }
  | { do: 'change'; at: number; from: number; steps: number }
  | { do: 'resize'; at: number; quota: number }
  | { do: 'move'; at: number; hour: number; hours: number }

const at = fc.nat(30)
const hour = fc.nat(40)
const hours = fc.integer({ min: 1, max: 4 })
const from = fc.nat(15)
const stepCount = fc.integer({ min: 1, max: 6 })
const quota = fc.integer({ min: 1, max: 4 })

const sentences = fc.array(
  fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({
        do: fc.constant('open' as const),
        hour,
        hours,
        step: fc.constantFrom(15, 30, 60),
        partly: fc.boolean(),
        quota,
      }),
    },
    {
      weight: 8,
      arbitrary: fc.record({
        do: fc.constant('book' as const),
        at,
        from,
        steps: stepCount,
        quota: fc.integer({ min: 1, max: 3 }),
      }),
    },
    { weight: 3, arbitrary: fc.record({ do: fc.constant('cancel' as const), at }) },
    {
      weight: 3,
      arbitrary: fc.record({ do: fc.constant('change' as const), at, from, steps: stepCount }),
    },
    { weight: 3, arbitrary: fc.record({ do: fc.constant('resize' as const), at, quota }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('move' as const), at, hour, hours }) },
  ),
  { minLength: 5, maxLength: 25 },
)

const instant = (minute: number) => MIDNIGHT_MS + minute * 60_000
const minute = (time: Micros) => (time / 1000 - MIDNIGHT_MS) / 60_000

/** Times within an opening that lie on its steps. */
function within(opening: Opening, start: number, steps: number) {
  const count = (opening.end - opening.start) / opening.step
  const first = start % count
  const length = Math.min(steps, count - first)
  const begin = opening.start + first * opening.step
  return { begin, end: begin + length * opening.step }
}

/** The same story on both sides. */
class Story {
  readonly model = new HallModel()
  readonly #database: Database
  /** What the scheduler calls the openings and bookings of the model. */
  readonly #openings = new Map<Opening, number>()
  readonly #bookings = new Map<Booked, { token: Uuid; id: number }>()

  constructor(database: Database) {
    this.#database = database
  }

  work<T>(work: (scheduler: Scheduler) => Promise<T>): Promise<T> {
    return this.#database.transact((tx) =>
      work(
        schedulerOn(tx, {
          context: 'ctx',
          name: 'room',
          timezone: 'Europe/Zurich',
          now: MIDNIGHT_MS,
        }),
      ),
    )
  }

  /** Whether the sentence had a meaning, and then the two answers. */
  async tell(sentence: Sentence): Promise<[model: Answer, scheduler: string] | undefined> {
    const { model } = this
    const opening =
      'at' in sentence ? model.openings[sentence.at % model.openings.length] : undefined
    const booked =
      'at' in sentence ? model.bookings[sentence.at % model.bookings.length] : undefined
    switch (sentence.do) {
      case 'open': {
        const start = sentence.hour * HOUR
        const end = start + sentence.hours * HOUR
        const said = await this.#answer(async (scheduler) => {
          const [made] = await scheduler.allocate(
            { start: instant(start), end: instant(end) },
            {
              raster: sentence.step,
              partlyAvailable: sentence.partly,
              quota: sentence.quota,
            },
          )
          return made?.id
        })
        const meant = model.open(start, end, sentence.step, sentence.partly, sentence.quota)
        const made = model.openings.at(-1)
        if (meant === 'done' && made) this.#openings.set(made, said.value as number)
        return [meant, said.answer]
      }
      case 'book': {
        if (!opening || sentence.quota > opening.places.length) return undefined
        const { begin, end } = within(opening, sentence.from, sentence.steps)
        const said = await this.#answer(async (scheduler) => {
          const dates = { start: instant(begin), end: instant(end) }
          const token = await scheduler.reserve('a@b.ch', { dates, quota: sentence.quota })
          await scheduler.approveReservations(token)
          const [record] = await scheduler.reservationsByToken(token)
          return { token, id: record?.id ?? 0 }
        })
        const meant = model.book(opening, begin, end, sentence.quota)
        const made = model.bookings.at(-1)
        if (meant === 'done' && made) {
          this.#bookings.set(made, said.value as { token: Uuid; id: number })
        }
        return [meant, said.answer]
      }
      case 'cancel': {
        const known = booked && this.#bookings.get(booked)
        if (!known) return undefined
        const said = await this.#answer((scheduler) => scheduler.removeReservation(known.token))
        return [model.cancel(booked), said.answer]
      }
      case 'change': {
        const known = booked && this.#bookings.get(booked)
        if (!known || booked.quota > 1 || !booked.opening.partly) return undefined
        const { begin, end } = within(booked.opening, sentence.from, sentence.steps)
        const said = await this.#answer((scheduler) =>
          scheduler.changeReservation(known.token, known.id, instant(begin), instant(end)),
        )
        return [model.change(booked, begin, end), said.answer]
      }
      case 'resize': {
        const id = opening && this.#openings.get(opening)
        if (!id) return undefined
        const said = await this.#answer((scheduler) => scheduler.changeQuota(id, sentence.quota))
        return [model.resize(opening, sentence.quota), said.answer]
      }
      case 'move': {
        const id = opening && this.#openings.get(opening)
        if (!id) return undefined
        const start = sentence.hour * HOUR
        const end = start + sentence.hours * HOUR
        const said = await this.#answer((scheduler) =>
          scheduler.moveAllocation(id, { start: instant(start), end: instant(end) }),
        )
        return [model.move(opening, start, end), said.answer]
      }
    }
  }

  async #answer<T>(work: (scheduler: Scheduler) => Promise<T>) {
    try {
      return { answer: 'done', value: await this.work(work) }
    } catch (error) {
      if (!(error instanceof LibresError)) throw error
      return { answer: error.name, value: undefined }
    }
  }

  /** Which step of which place of which opening is held by which booking, as the model has it. */
  expected(): string[] {
    return this.model.openings
      .flatMap((opening) =>
        opening.places.flatMap((place, index) =>
          [...place].map(([step, name]) => {
            const booked = this.model.bookings.find((each) => each.name === name)
            const token = booked && this.#bookings.get(booked)?.token
            return `${this.#openings.get(opening)} place ${index} at ${step}: ${token}`
          }),
        ),
      )
      .sort()
  }
}

/** The same as the tables have it. */
function held(rows: readonly Allocation[], slots: readonly ReservedSlot[]): string[] {
  const byId = new Map(rows.map((row) => [row.id, row]))
  return slots
    .map((slot) => {
      const row = byId.get(slot.allocationId) as Allocation
      const master = rows.find((each) => each.isMaster && each.start === row.start) as Allocation
      const keys = [master.resource, ...mirrorUuids(master.resource, 10)]
      const place = keys.indexOf(slot.resource)
      return `${master.id} place ${place} at ${minute(slot.start)}: ${slot.reservationToken}`
    })
    .sort()
}

/** What must be true of the tables whatever was done, said without the model. */
function wrongs(rows: readonly Allocation[], slots: readonly ReservedSlot[]): string[] {
  const found: string[] = []
  const masters = rows.filter((row) => row.isMaster)
  for (const [index, master] of masters.entries()) {
    const keys = [master.resource, ...mirrorUuids(master.resource, master.quota)]
    const places = rows.filter((row) => row.start === master.start)
    if (places.some((place) => !keys.includes(place.resource))) found.push('a row beyond the quota')
    const next = masters[index + 1]
    if (next && next.start <= master.end) found.push('two allocations of one resource overlap')
    const ids = new Set(places.map((place) => place.id))
    const own = slots.filter((slot) => ids.has(slot.allocationId))
    for (let time = master.start; time < master.end; time += 5 * MINUTE_US) {
      const count = own.filter((slot) => slot.start <= time && time <= slot.end).length
      if (count > master.quota) found.push(`${count} of ${master.quota} places taken at once`)
    }
  }
  for (const slot of slots) {
    const row = rows.find((each) => each.id === slot.allocationId)
    if (!row || row.resource !== slot.resource) found.push('a slot without its place')
    else if (slot.start < row.start || slot.end > row.end)
      found.push('a slot outside its allocation')
  }
  return found
}

eachDatabase('a random story of a hall', (database) => {
  it('is the same for the scheduler and for a model in memory', async () => {
    await fc.assert(
      fc.asyncProperty(sentences, async (told) => {
        const story = new Story(database())
        await story.work((scheduler) => scheduler.extinguishManagedRecords())
        for (const sentence of told) {
          const answers = await story.tell(sentence)
          if (!answers) continue
          const [rows, slots] = await story.work(
            async (scheduler) =>
              [
                await scheduler.managedAllocations(),
                await scheduler.managedReservedSlots(),
              ] as const,
          )
          expect({
            sentence,
            answer: answers[1],
            held: held(rows, slots),
            wrongs: wrongs(rows, slots),
          }).toEqual({ sentence, answer: answers[0], held: story.expected(), wrongs: [] })
        }
      }),
      { numRuns: Number(process.env.SCHEDULER_RUNS ?? 12), seed },
    )
  })
})
