/**
 * A desk of a chaos run, a process of its own: `desk.ts FOLDER PREPARED ADDRESS NUMBER LIFE SEED`.
 *
 * It gives commands as fast as it hears of the earlier ones, or some ahead, and says on its output, line by line, what it gave and what
 * it was told; a line is out before the next thing happens, so that a killed desk has said everything it knew. After
 * each pull it looks whether the snapshot can be true. At `rest` it gives no more and waits until nothing waits; at `look`,
 * when that is so everywhere, it ends with what its replica holds.
 */
import { createInterface } from 'node:readline'
import type { Uuid } from '../../core/domain/time.ts'
import { postgresAt } from '../../core/store/postgres.ts'
import { enterServer } from '../../core/store/shared/moment.ts'
import { openConnectedDesk } from '../../core/sync/connected-desk.ts'
import { decide } from '../../core/sync/decide.ts'
import { testPorts } from '../harness/ports.ts'
import type { Line } from './checker.ts'
import { Dice } from './dice.ts'
import { bookingsOf, contentOf, wrongIn } from './town.ts'
import { wish } from './wish.ts'

const [, , folder = '', prepared = '', address = '', number = '0', life = '0', seed = '0'] =
  process.argv
const dice = new Dice(Number(seed) * 1009 + Number(number) * 101 + Number(life))
/** What is written to a pipe is out when this returns. */
const say = (line: Line) => process.stdout.write(`${JSON.stringify(line)}\n`)

let resting = false
let looking = false
createInterface({ input: process.stdin }).on('line', (word) => {
  if (word === 'rest') resting = true
  if (word === 'look') looking = true
})

/** Tokens that were accepted, to be cancelled again: a town that is full only refuses. */
const mine: Uuid[] = []
/** Said once is enough. */
const found = new Set<string>()
let watching: Promise<void> = Promise.resolve()

const desk = await openConnectedDesk(
  testPorts(),
  {
    dataFolder: folder,
    preparedImage: prepared,
    address,
    label: `Schalter ${number}`,
    actor: () => `Schalter ${number}`,
    every: 1000,
  },
  {
    settled({ id, name, args }, { status }) {
      if (status === 'accepted' && name === 'reservation.book') {
        mine.push((args as { token: Uuid }).token)
      }
      say({ kind: 'settled', id, status })
    },
    pulled({ position, anew }) {
      watching = watching.then(async () => {
        for (const wrong of await wrongIn(desk.replica)) {
          if (!found.has(wrong)) say({ kind: 'wrong', wrong })
          found.add(wrong)
        }
        say({ kind: 'pulled', asOf: position.asOf, anew })
      })
    },
  },
)

/** A clerk who does not wait for the next try of the desk's own. */
setInterval(() => desk.tryNow(), 700).unref()

/** The same command once more while it is on its way, as an impatient network would: both have to hear the same. */
async function double(id: Uuid): Promise<void> {
  const municipality = desk.municipality()
  while (!desk.outbox.has(id)) await new Promise((resolve) => setImmediate(resolve))
  const envelope = desk.outbox.find(id)?.envelope
  if (!envelope || !municipality) return
  const authority = { database: second, municipality, desk: desk.id, enter: enterServer }
  const answer = await decide(authority, { envelope, now: Date.now() }).catch(() => null)
  if (answer) say({ kind: 'doubled', id, status: answer.status })
}

mine.push(...(await bookingsOf(desk.replica, `${number} `)))
/** Behind more than so many, every wish is one of long ago, and a cancellation comes too late for anybody. */
const MOST_AHEAD = 8
const second = postgresAt({ connectionString: address, connections: 1, silence: 2000 })
const until = async (holds: () => boolean | Promise<boolean>) => {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 50))
}
for (let count = 0; !resting; count++) {
  await until(() => resting || desk.connection().waiting < MOST_AHEAD)
  if (resting) break
  const call = wish(dice, `${number} ${life} ${count}`, mine)
  const { token } = call.args as { token: Uuid }
  say({ kind: 'gave', id: call.id, name: call.name, token })
  const given = desk.give(call)
  void given.then(() => say({ kind: 'noted', id: call.id }))
  await Promise.all([given, dice.next() < 0.2 ? double(call.id) : undefined])
}
await second.close()
await until(() => desk.connection().waiting === 0)
say({ kind: 'idle' })
await until(() => looking)
await until(() =>
  desk.pull().then(
    () => true,
    () => false,
  ),
)
await watching
say({ kind: 'rest', content: await contentOf(desk.replica) })
await desk.close()
process.exit()
