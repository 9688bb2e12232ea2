/**
 * Nursery: families apply, somebody decides. There are fewer places than wishes, so wishes wait.
 *
 * With `approveManually` a reservation is only an application: it takes nothing, and any number may wait for the
 * same places. The four Mondays are one group: a family gets all of them or none.
 */
import { AlreadyReservedError } from '../../core/scheduler/errors.ts'
import { createRegistry } from '../../core/scheduler/registry.ts'
import { Scheduler } from '../../core/scheduler/scheduler.ts'
import type { Database } from '../../core/store/database.ts'
import type { Say } from './say.ts'

const MONDAYS = ['2027-08-16', '2027-08-23', '2027-08-30', '2027-09-06']
/** Who works more has the greater need: the rule of this nursery, not of the library. */
const FAMILIES = { Aebi: 120, Brunner: 180, Caduff: 140 } as const
type Family = keyof typeof FAMILIES

export async function nursery(database: Database, say: Say): Promise<void> {
  const context = createRegistry(database).registerContext('village')
  const session = context.getService('sessionProvider')
  const sparrows = new Scheduler({ context, name: 'sparrows', timezone: 'Europe/Zurich' })

  // Events fire before the commit: a letter is written down there and sent when the transaction is through.
  const letters: string[] = []
  context.getService('events').onReservationsApproved.push((_context, records) => {
    for (const record of records) letters.push(record.email)
  })

  const [monday] = await session.run(() =>
    sparrows.allocate(
      MONDAYS.map((day) => [`${day}T07:00`, `${day}T12:00`]),
      { grouped: true, quota: 2, quotaLimit: 1, approveManually: true },
    ),
  )
  if (!monday) throw new Error('nothing was allocated')
  say('The sparrows have 2 places on four Monday mornings.')

  const apply = (family: Family) =>
    session.run(() =>
      sparrows.reserve(`${family.toLowerCase()}@example.ch`, {
        group: monday.group,
        data: { family, workload: FAMILIES[family] },
      }),
    )
  for (const family of ['Aebi', 'Brunner', 'Caduff'] as const) await apply(family)

  const waiting = () =>
    session.run(async () => (await sparrows.allocationById(monday.id)).pendingReservations())
  const workload = ({ data }: { data: unknown }) => (data as { workload: number }).workload
  const applications = (await waiting()).toSorted((a, b) => workload(b) - workload(a))
  say(`${applications.length} families wait.`)

  const decide = async ({ token, data }: (typeof applications)[number]) => {
    const { family } = data as { family: Family }
    letters.length = 0
    try {
      const slots = await session.run(() => sparrows.approveReservations(token))
      say(`${family} gets a place on ${slots.length} Mondays; a letter goes to ${letters.join()}.`)
    } catch (error) {
      if (!(error instanceof AlreadyReservedError)) throw error
      say(`${family} stays on the waiting list: ${error.inTheWay.free} places are left.`)
    }
  }
  for (const application of applications) await decide(application)

  const [first] = applications
  if (!first) throw new Error('nobody applied')
  await session.run(() => sparrows.removeReservation(first.token))
  say('Brunner moves away.')
  for (const application of await waiting()) await decide(application)

  // One more place on all four Mondays. `quotaLimit` is passed on, because a move resets it otherwise.
  await session.run(() => sparrows.moveAllocation(monday.id, { quota: 3, quotaLimit: 1 }))
  await session.run(async () => {
    const group = await sparrows.allocationsByGroup(monday.group)
    const left = await Promise.all(group.map((each) => each.quotaLeft()))
    say(`A third place is opened; free on the Mondays: ${left.join(', ')}.`)
  })
}
