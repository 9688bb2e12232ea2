/** A shared server for the bench that waits for the disk, with the large municipality on it, and desks that follow it. */
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CommandCall } from '../../../core/commands/calls.ts'
import { definition } from '../../../core/commands/index.ts'
import { resourceUuid } from '../../../core/commands/resource.ts'
import { addDays, type Day, dayOf, instantAt, mondayOf } from '../../../core/domain/time.ts'
import type { Database } from '../../../core/store/database.ts'
import {
  type ConnectedDesk,
  type Heard,
  openConnectedDesk,
} from '../../../core/sync/connected-desk.ts'
import { type Authority, decideMany } from '../../../core/sync/decide.ts'
import type { Envelope } from '../../../core/sync/envelope.ts'
import { inBatches } from '../../../core/sync/line.ts'
import { idOf } from '../../harness/authority.ts'
import { preparedForTests } from '../../harness/kinds.ts'
import { testPorts } from '../../harness/ports.ts'
import { largeCalls } from '../large-desk.ts'

const ZONE = 'Europe/Zurich'
export const MUNICIPALITY = { name: 'Bench', context: 'allmend', zone: ZONE }
export const HALLS = 60
/** Half hours that no booking of the municipality has. */
const FREE = '09:30 11:30 13:30 15:30 16:00 16:30 18:30 20:30 21:00 21:30'.split(' ')
const MONDAY = mondayOf(dayOf(Date.now(), ZONE))

export function envelopeOf({ id, name, args }: CommandCall, seq: number): Envelope {
  const { version } = definition(name)
  return { id, seq, name, version, args, actor: 'Bench', issuedAt: Date.now() }
}

export function authorityOn(database: Database, desk: string): Authority {
  return { database, municipality: MUNICIPALITY, desk: idOf(desk) }
}

/** Answers how many bookings there are now. */
export async function fill(database: Database, weeks: number): Promise<number> {
  const envelopes = largeCalls(weeks).map((call, index) => envelopeOf(call, index + 1))
  for (const batch of inBatches(envelopes)) {
    const now = Date.now()
    await decideMany(
      authorityOn(database, 'founder'),
      batch.map((envelope) => ({ envelope, now })),
    )
  }
  return envelopes.filter(({ name }) => name === 'reservation.book').length
}

let made = 0

/** A booking of half an hour that nobody has: each call another one. */
export function nextBooking(): CommandCall {
  const number = made++
  const hall = number % HALLS
  const slot = Math.floor(number / HALLS)
  const day: Day = addDays(MONDAY, Math.floor(slot / FREE.length))
  const start = instantAt(day, FREE[slot % FREE.length] as string, ZONE)
  return {
    id: idOf(`bench command ${number}`),
    name: 'reservation.book',
    args: {
      token: idOf(`bench booking ${number}`),
      resource: resourceUuid('allmend', `hall-${hall + 1}`),
      during: { start, end: start + 1_800_000 },
      places: 1,
      title: `Gemessen ${number}`,
      publicTitle: '',
      note: '',
      persons: null,
      person: {
        id: idOf(`bench person ${number % 200}`),
        name: 'Ruth Meier',
        organisation: '',
        phone: '',
        email: '',
      },
    },
  }
}

export async function openDesk(
  address: string,
  heard: Heard = {},
  dataFolder?: string,
): Promise<ConnectedDesk> {
  return openConnectedDesk(
    testPorts(),
    {
      dataFolder: dataFolder ?? (await mkdtemp(join(tmpdir(), 'allmend-bench-'))),
      preparedImage: await preparedForTests(),
      address,
      label: 'Bench',
      actor: () => 'Bench',
    },
    heard,
  )
}
