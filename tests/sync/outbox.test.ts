/** What the entries of a journal mean: whose turn it is, and what somebody has to be told. */
import { describe, expect, it } from 'vitest'
import type { CommandCall } from '../../core/commands/calls.ts'
import { compactJournal } from '../../core/sync/compact-journal.ts'
import type { Envelope } from '../../core/sync/envelope.ts'
import { openJournal } from '../../core/sync/journal.ts'
import type { JournalEntry } from '../../core/sync/journal-line.ts'
import { Outbox } from '../../core/sync/outbox.ts'
import { restsOn } from '../../core/sync/rests-on.ts'
import { idOf } from '../harness/authority.ts'
import { MemoryDisk } from '../harness/memory-disk.ts'

const NOON = 1_800_000_000_000
const DAY_MS = 86_400_000
const NOBODY: ReadonlySet<string> = new Set()

function command(
  name: string,
  more: Partial<Extract<JournalEntry, { kind: 'command' }>> = {},
): JournalEntry {
  return {
    kind: 'command',
    id: idOf(name),
    seq: 1,
    name: 'reservation.cancel',
    version: 1,
    args: { token: idOf(`booking ${name}`), reason: '' },
    actor: 'Frau Egli',
    issuedAt: NOON,
    ...more,
  }
}
const accepted = (name: string, late?: true): JournalEntry => ({
  kind: 'outcome',
  id: idOf(name),
  outcome: { status: 'accepted', result: {} },
  at: NOON,
  ...(late ? { late } : {}),
})
const refused = (name: string, late?: true): JournalEntry => ({
  kind: 'outcome',
  id: idOf(name),
  outcome: { status: 'refused', refusal: { code: 'busy' } },
  at: NOON,
  ...(late ? { late } : {}),
})
const said = (kind: 'withdrawn' | 'confirmed' | 'handled', name: string): JournalEntry => ({
  kind,
  id: idOf(name),
  at: NOON,
})

/** Whose turn it is, in words. */
function turn(outbox: Outbox, now = NOON, asked = NOBODY): string {
  const found = outbox.turn(now, asked)
  if (!found) return 'nobody'
  const name = ['Chor', 'Lager', 'Jass'].find((one) => idOf(one) === found.envelope.id)
  return found.do === 'refuse' ? `refuse ${name}: ${found.refusal.code}` : `${found.do} ${name}`
}

describe('outbox', () => {
  it('sends in the order in which was given, and nothing twice', () => {
    const outbox = new Outbox([command('Chor'), command('Lager', { seq: 2 })])
    const turns = [turn(outbox)]
    outbox.add(accepted('Chor'))
    turns.push(turn(outbox))
    outbox.add(refused('Lager'))
    turns.push(turn(outbox))
    expect([turns, outbox.lastSeq, outbox.concerns()]).toEqual([
      ['send Chor', 'send Lager', 'nobody'],
      2,
      [],
    ])
  })

  it('sends together what waits at the head of the line and is simply sent', () => {
    const outbox = new Outbox([
      command('Chor'),
      command('Lager', { seq: 2 }),
      command('Jass', { seq: 3 }),
      said('withdrawn', 'Jass'),
    ])
    const resting = new Outbox([command('Chor'), command('Lager', { dependsOn: [idOf('Chor')] })])
    const names = (one: Outbox, most: number) =>
      one.line(NOON, NOBODY, most).map(({ id }) => (id === idOf('Chor') ? 'Chor' : 'Lager'))
    expect([names(outbox, 50), names(outbox, 1), names(resting, 50)]).toEqual([
      ['Chor', 'Lager'],
      ['Chor'],
      ['Chor'],
    ])
  })

  it('lets nothing rest on what was refused, and goes on with everything else', () => {
    const outbox = new Outbox([
      command('Chor'),
      command('Lager', { dependsOn: [idOf('Chor')] }),
      command('Jass'),
      refused('Chor'),
    ])
    const turns = [turn(outbox)]
    outbox.add(refused('Lager'))
    turns.push(turn(outbox))
    expect(turns).toEqual(['refuse Lager: rests-on-refused', 'send Jass'])
  })

  it('asks about what is too old, and lets it and what rests on it stand aside until a person says so', () => {
    const outbox = new Outbox([
      command('Chor', { expiresAt: NOON + 10 }),
      command('Lager', { dependsOn: [idOf('Chor')] }),
      command('Jass'),
    ])
    const asked = new Set([idOf('Chor')])
    const turns = [turn(outbox, NOON + 10), turn(outbox, NOON + 11), turn(outbox, NOON + 11, asked)]
    outbox.add(said('confirmed', 'Chor'))
    turns.push(turn(outbox, NOON + 11, asked))
    expect(turns).toEqual(['send Chor', 'ask Chor', 'send Jass', 'send Chor'])
  })

  it('has a command that was taken back refused, whatever it waited for', () => {
    const outbox = new Outbox([command('Chor', { expiresAt: NOON - 1 }), said('withdrawn', 'Chor')])
    expect(turn(outbox)).toBe('refuse Chor: withdrawn')
  })

  it('concerns a person with what was refused when nobody waited, until it is handled', () => {
    const outbox = new Outbox([command('Chor'), command('Lager'), command('Jass')])
    outbox.add(refused('Chor', true))
    outbox.add(refused('Lager'))
    outbox.add(accepted('Jass', true))
    const before = outbox.concerns().map(({ envelope, refusal }) => [envelope.id, refusal?.code])
    outbox.add(said('handled', 'Chor'))
    expect([before, outbox.concerns()]).toEqual([[[idOf('Chor'), 'busy']], []])
  })

  it('concerns a person with what was taken back too late, and not with what was in time', () => {
    const outbox = new Outbox([
      command('Chor'),
      command('Lager'),
      said('withdrawn', 'Chor'),
      said('withdrawn', 'Lager'),
      accepted('Chor', true),
      refused('Lager', true),
    ])
    expect(outbox.concerns().map(({ envelope, refusal }) => [envelope.id, refusal])).toEqual([
      [idOf('Chor'), null],
    ])
  })

  it('is after a start what it was before', () => {
    const entries = [
      command('Chor', { expiresAt: NOON }),
      command('Lager', { seq: 2, dependsOn: [idOf('Chor')] }),
      command('Jass', { seq: 3 }),
      said('confirmed', 'Chor'),
      refused('Jass', true),
      said('withdrawn', 'Lager'),
    ]
    const grown = new Outbox()
    for (const entry of entries) grown.add(entry)
    const read = new Outbox(entries)
    const content = (outbox: Outbox) => [outbox.noted(), outbox.concerns(), outbox.lastSeq]
    expect(content(grown)).toEqual(content(read))
  })
})

describe('what a command rests on', () => {
  const person = { id: idOf('Meier'), name: 'Meier', organisation: '', phone: '', email: '' }
  const book = (name: string): Envelope => ({
    id: idOf(name),
    seq: 1,
    name: 'reservation.book',
    version: 1,
    args: {
      token: idOf(`booking ${name}`),
      resource: idOf('Aula'),
      during: { start: NOON, end: NOON + 3_600_000 },
      places: 1,
      title: name,
      publicTitle: '',
      note: '',
      persons: null,
      person,
    },
    actor: '',
    issuedAt: NOON,
  })
  const waiting = [book('Chor'), book('Lager')]
  const of = (call: Pick<CommandCall, 'name' | 'args'>) => restsOn(call.args, waiting)

  it.each([
    [
      'cancelling a booking that waits',
      { name: 'reservation.cancel', args: { token: idOf('booking Lager'), reason: '' } } as const,
      [idOf('Lager')],
    ],
    [
      'undoing a command that waits',
      { name: 'undo', args: { command: idOf('Chor') } } as const,
      [idOf('Chor')],
    ],
    [
      'another booking in the same hall by the same person',
      book('Jass') as unknown as CommandCall<'reservation.book'>,
      [],
    ],
    [
      'changing a person that a booking told of',
      { name: 'person.remove', args: { person: person.id } } as const,
      [],
    ],
  ])('%s', (_, call, expected) => {
    expect(of(call)).toEqual(expected)
  })
})

describe('compacting', () => {
  it('drops what is settled for two months, and keeps what waits, what concerns and the place in the line', async () => {
    const disk = new MemoryDisk()
    const journal = await openJournal(disk, 'journal.ndjson')
    const settled = Array.from({ length: 600 }, (_, at) => `Alt ${at}`)
    for (const [at, name] of settled.entries()) {
      await journal.append(command(name, { seq: at + 1 }))
      await journal.append(accepted(name))
    }
    await journal.append(command('Chor', { seq: 601 }))
    await journal.append(refused('Chor', true))
    await journal.append(command('Lager', { seq: 602 }))
    const before = new Outbox(journal.entries())
    const soon = await compactJournal(journal, before, NOON + 59 * DAY_MS)
    const dropped = await compactJournal(journal, before, NOON + 61 * DAY_MS)
    await journal.close()
    const after = new Outbox((await openJournal(disk, 'journal.ndjson')).entries())
    const content = (outbox: Outbox) => [outbox.noted(), outbox.concerns(), outbox.lastSeq]
    expect([soon, dropped, content(after)]).toEqual([0, 600, content(before)])
  })
})
