/**
 * A municipality is never updated at one stroke: older programs meet newer tables, and a newer program meets the journal
 * that an older one has left.
 */
import { copyFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { CommandCall } from '../../core/commands/calls.ts'
import { type ConnectedDesk, openConnectedDesk } from '../../core/sync/connected-desk.ts'
import { at, Clerk, comingDays, hall, idOf } from '../harness/authority.ts'
import { serverKinds } from '../harness/databases.ts'
import { preparedForTests } from '../harness/kinds.ts'
import { testPorts } from '../harness/ports.ts'
import { ask, type SharedServer, sharedServer } from '../harness/shared-server.ts'

/** Written by the first program that could be connected; it stays as it is. */
const FIRST_JOURNAL = fileURLToPath(new URL('given/journal-1.ndjson', import.meta.url))
const [MONDAY = ''] = comingDays(1)

function booking(title: string, from: string): CommandCall {
  const start = at(MONDAY, from)
  return {
    id: idOf(`command ${title}`),
    name: 'reservation.book',
    args: {
      token: idOf(`booking ${title}`),
      resource: hall('aula'),
      during: { start, end: start + 3_600_000 },
      places: 1,
      title,
      publicTitle: '',
      note: '',
      persons: null,
      person: { id: idOf('person'), name: 'Ruth Meier', organisation: '', phone: '', email: '' },
    },
  }
}

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; !(await holds()); tries++) {
    if (tries === 600) throw new Error('never')
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

/** The oldest: what is tested elsewhere on every server is not tested here again. */
const kind = serverKinds.at(-1) as (typeof serverKinds)[number]

describe(`on ${kind.name}`, () => {
  let server: SharedServer
  let folder: string
  let desk: ConnectedDesk | undefined
  const open = async () => {
    desk = await openConnectedDesk(testPorts(), {
      dataFolder: folder,
      preparedImage: await preparedForTests(),
      address: server.deskUrl,
      label: 'Schalter 1',
      actor: () => 'Frau Egli',
      every: 1000,
    })
    return desk
  }
  const titles = async ({ replica }: ConnectedDesk) =>
    (
      await replica.read((tx) =>
        tx.selectFrom('allmend.booking').select('title').orderBy('title').execute(),
      )
    ).map(({ title }) => title)

  beforeAll(async () => {
    server = await sharedServer(kind)
    const clerk = new Clerk(server.database)
    await clerk.founds()
    await clerk.addHall('aula')
    await clerk.open('aula', { from: MONDAY, until: MONDAY })
  })
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'allmend-upgrade-'))
  })
  afterEach(async () => {
    await desk?.close()
    await rm(folder, { recursive: true, force: true })
  })
  afterAll(() => server.drop())

  it('an older program works on with tables that have more than it knows', async () => {
    const old = await open()
    await old.pull()
    await ask(
      server.url,
      `alter table allmend.booking add column colour text not null default 'red';
       create table allmend.invoice (id uuid primary key);
       update sync.epoch set schema_version = schema_version + 1`,
    )
    const outcome = await old.give(booking('Chor', '08:00'))
    await old.pull()
    expect([outcome, await titles(old), old.connection().trouble]).toEqual([
      { status: 'accepted', result: { number: expect.any(Number) } },
      ['Chor'],
      null,
    ])
  })

  it('one that is too old only reads, says so, and keeps what it has noted until it is updated', async () => {
    const old = await open()
    await old.pull()
    await ask(server.url, 'update sync.epoch set least_client = least_client + 100')
    const answer = await old.give(booking('Turnverein', '10:00'))
    await ask(
      server.url,
      `update allmend.booking set title = 'Chor Musterwil' where title = 'Chor'`,
    )
    await old.pull()
    const { connected, trouble, waiting } = old.connection()
    expect([answer, connected, trouble?.code, waiting, await titles(old)]).toEqual([
      'queued',
      true,
      'outdated',
      1,
      ['Chor Musterwil'],
    ])
    await old.close()
    await ask(server.url, 'update sync.epoch set least_client = least_client - 100')
    const updated = await open()
    await until(() => updated.connection().waiting === 0)
    await updated.pull()
    expect([await titles(updated), updated.connection().trouble]).toEqual([
      ['Chor Musterwil', 'Turnverein'],
      null,
    ])
  })

  it('one that no longer finds what it reads says that it is too old, and shows what it had', async () => {
    const old = await open()
    await old.pull()
    const before = await titles(old)
    await ask(
      server.url,
      `update sync.epoch set least_client = least_client + 100;
       alter table allmend.booking rename column public_title to shown_title;
       update allmend.booking set title = 'Anders'`,
    )
    const failed = await old.pull().then(
      () => 'pulled',
      (error: Error) => error.name,
    )
    await until(() => !old.connection().connected)
    const { trouble } = old.connection()
    expect([failed, trouble?.code, await titles(old)]).toEqual(['Outdated', 'outdated', before])
    await ask(
      server.url,
      `update sync.epoch set least_client = least_client - 100;
       alter table allmend.booking rename column shown_title to public_title`,
    )
  })

  it('the journal of the first program is read, and what it had noted is decided in its order', async () => {
    await copyFile(FIRST_JOURNAL, join(folder, 'journal.ndjson'))
    const desk = await open()
    const noted = desk.outbox.noted().map(({ envelope }) => `${envelope.seq} ${envelope.name}`)
    expect(noted).toEqual(['1 person.add', '2 resource.add', '4 person.change'])
    await until(() => desk.connection().waiting === 0)
    const receipts = await ask<{ name: string; status: string }>(
      server.url,
      `select name, outcome ->> 'status' as status from sync.receipt
        where command_id = any($1::uuid[]) order by desk_seq`,
      [['1', '2', '3', '4'].map((number) => idOf(`journal of the first program ${number}`))],
    )
    expect(receipts).toEqual([
      { name: 'person.add', status: 'accepted' },
      { name: 'resource.add', status: 'accepted' },
      { name: 'person.change', status: 'accepted' },
    ])
  })
})
