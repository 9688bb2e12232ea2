/** The one word about the link to the shared database: what needs somebody first, and nothing under way for a moment. */
import { describe, expect, test } from 'vitest'
import type { Outbox, Status } from '../../core/contract.ts'
import { syncState } from '../../renderer/app/syncState.ts'

const alone = { mode: 'standalone', server: null, asOf: 5, waiting: 0, concerns: 0 } as Status
const server = { place: 'allmend@db', since: 3, trouble: null, window: null }
const joined: Status = { ...alone, mode: 'connected', server }
const cutOff: Status = { ...alone, mode: 'cut-off', server }
const outbox = (...standings: string[]) =>
  ({ waiting: standings.map((standing) => ({ standing })), concerns: [], desks: null }) as Outbox &
    object

describe('the state of the link', () => {
  test.each([
    ['a desk of its own', alone, undefined, 0, { kind: 'alone' }],
    ['a desk of its own that works', alone, undefined, 2, { kind: 'sending', count: 2 }],
    ['nothing waits', joined, undefined, 0, { kind: 'current', asOf: 5 }],
    ['one is under way', joined, undefined, 1, { kind: 'sending', count: 1 }],
    [
      'notes go out',
      { ...joined, waiting: 3 },
      outbox('waiting', 'waiting', 'waiting'),
      1,
      { kind: 'sending', count: 3 },
    ],
    [
      'what was taken back is not counted',
      { ...cutOff, waiting: 2 },
      outbox('waiting', 'withdrawn'),
      0,
      { kind: 'cut-off', since: 3, count: 1 },
    ],
    ['the cable is out', cutOff, undefined, 1, { kind: 'cut-off', since: 3, count: 0 }],
    [
      'a connection through which nothing goes out',
      { ...joined, waiting: 1, server: { ...server, trouble: { code: 'no-rights', detail: '' } } },
      outbox('waiting'),
      0,
      { kind: 'stuck', count: 1 },
    ],
    [
      'something needs somebody, whatever else there is',
      { ...cutOff, waiting: 1, concerns: 2 },
      outbox('waiting'),
      1,
      { kind: 'needs', count: 2 },
    ],
  ] as const)('%s', (_, status, waits, underWay, said) => {
    expect(syncState(status as Status, waits, underWay)).toEqual(said)
  })
})
