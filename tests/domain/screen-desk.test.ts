/**
 * The screen's side of the contract: rows that follow the database, commands that are sent once, and the pile that
 * Ctrl+Z takes from. The core is a scripted `Desk`; everything on this side of it is real.
 */
import { beforeEach, expect, test, vi } from 'vitest'
import type { Desk, DeskEvent } from '../../core/contract.ts'

type Asked = Readonly<{ call: string; argument: unknown; answer: (value: unknown) => void }>

let asked: Asked[]
let tell: (event: DeskEvent) => void

async function openScreen() {
  vi.resetModules()
  asked = []
  const listeners = new Set<(event: DeskEvent) => void>()
  tell = (event) => {
    for (const listener of listeners) listener(event)
  }
  const desk: Desk = {
    invoke: (call, argument) =>
      new Promise((resolve) => {
        asked.push({ call, argument, answer: (value) => resolve({ ok: true, value } as never) })
      }),
    on(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
  vi.stubGlobal('window', { desk })
  const [queries, { dispatch }, { undo, redo }, { useView }] = await Promise.all([
    import('../../renderer/desk/queries.ts'),
    import('../../renderer/desk/dispatch.ts'),
    import('../../renderer/app/undo.ts'),
    import('../../renderer/desk/store.ts'),
  ])
  asked.length = 0
  return { ...queries, dispatch, undo, redo, useView }
}

/** The question asked last, answered with these rows. */
async function answerLast(value: unknown): Promise<void> {
  asked.at(-1)?.answer(value)
  await new Promise((resolve) => setImmediate(resolve))
}

let screen: Awaited<ReturnType<typeof openScreen>>
beforeEach(async () => {
  screen = await openScreen()
})

const week = { start: 1_000, end: 2_000 }
const empty = { free: [], booked: [], blocked: [] }
const changed = (start: number, end: number): DeskEvent => ({
  type: 'changed',
  changed: { queries: ['calendar.range'], start, end },
})

test('two panes that ask the same are one question to the core', () => {
  screen.listen('calendar.range', week, () => {})
  screen.listen('calendar.range', { ...week }, () => {})
  expect(asked.length).toBe(1)
})

test('a change inside the week asks again, one outside does not, and the old rows stay meanwhile', async () => {
  screen.listen('calendar.range', week, () => {})
  await answerLast(empty)
  tell(changed(2_000, 3_000))
  expect(asked.length).toBe(1)
  tell(changed(1_999, 3_000))
  expect(asked.length).toBe(2)
  expect(screen.answerTo('calendar.range', week).rows).toEqual(empty)
})

test('a change that comes while an answer is on its way makes that answer old', async () => {
  const seen: unknown[] = []
  screen.listen('calendar.range', week, () =>
    seen.push(screen.answerTo('calendar.range', week).rows),
  )
  tell(changed(1_000, 1_500))
  await answerLast({ ...empty, blocked: ['old'] })
  expect(asked.length).toBe(2)
  expect(seen).toEqual([])
  await answerLast({ ...empty, blocked: ['new'] })
  expect(seen).toEqual([{ ...empty, blocked: ['new'] }])
})

test('a neighbouring week is kept, and forgotten when a change touches it', async () => {
  screen.prefetch('calendar.range', week)
  await answerLast(empty)
  screen.prefetch('calendar.range', week)
  expect(asked.length).toBe(1)
  tell(changed(1_000, 1_001))
  expect(screen.answerTo('calendar.range', week).rows).toBeUndefined()
})

const row = (resource: string, start: number, title = '') => ({
  resource,
  start,
  end: start + 10,
  title,
})
const booked = (...resources: string[]): DeskEvent => ({
  type: 'changed',
  changed: { queries: ['calendar.range'], start: 1_500, end: 1_600, resources },
})

test('a booking is on the screen with the word that it is committed, once, in the weeks it lies in', async () => {
  const later = { start: 2_000, end: 3_000 }
  const seen: unknown[] = []
  screen.listen('calendar.range', week, () => {
    const { rows } = screen.answerTo('calendar.range', week)
    seen.push(rows?.booked.map(({ title, number, who }) => [title, number, who]))
  })
  await answerLast(empty)
  screen.prefetch('calendar.range', later)
  await answerLast(empty)
  const args = {
    token: 'a',
    resource: 'gym',
    during: { start: 1_500, end: 1_600 },
    places: 1,
    title: 'Chor',
    publicTitle: '',
    note: '',
    persons: null,
    person: { id: 'p', name: 'Ruth Meier', organisation: '', phone: '', email: '' },
  }
  const sent = screen.dispatch('reservation.book', args)
  const { call } = asked.at(-1) ?? {}
  tell(booked('gym'))
  asked.at(-2)?.answer({ status: 'accepted', result: { number: 4719 } })
  await sent
  await answerLast({
    ...empty,
    booked: [{ ...row('gym', 1_500, 'Chor'), token: 'a', number: 4719, who: 'Ruth Meier' }],
  })
  expect({ call, seen, later: screen.answerTo('calendar.range', later).rows }).toEqual({
    call: 'dispatch',
    seen: [[], [['Chor', 4719, 'Ruth Meier']], [['Chor', 4719, 'Ruth Meier']]],
    later: empty,
  })
})

test('a change in one hall reads that hall anew, and the rows of the others stay as they are', async () => {
  screen.listen('calendar.range', week, () => {})
  const others = [row('aula', 1_100), row('gym', 1_200), row('gym', 1_900)]
  await answerLast({ ...empty, booked: others })
  tell(booked('gym'))
  expect(asked.at(-1)?.argument).toEqual({
    name: 'calendar.range',
    args: { ...week, resources: ['gym'] },
  })
  await answerLast({ ...empty, booked: [row('gym', 1_200), row('gym', 1_500, 'new')] })
  expect(screen.answerTo('calendar.range', week).rows).toEqual({
    ...empty,
    booked: [row('aula', 1_100), row('gym', 1_200), row('gym', 1_500, 'new')],
  })
})

test('after a part the whole is read when it is calm, for a name that changed with the booking', async () => {
  screen.listen('calendar.range', week, () => {})
  await answerLast({ ...empty, booked: [row('aula', 1_100, 'Meier')] })
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  try {
    tell(booked('gym'))
    await answerLast(empty)
    vi.advanceTimersByTime(10_000)
  } finally {
    vi.useRealTimers()
  }
  expect(asked.at(-1)?.argument).toEqual({ name: 'calendar.range', args: week })
  await answerLast({ ...empty, booked: [row('aula', 1_100, 'Meyer')] })
  expect(screen.answerTo('calendar.range', week).rows?.booked).toEqual([
    row('aula', 1_100, 'Meyer'),
  ])
})

test('a second change while one hall is read reads all of them', async () => {
  screen.listen('calendar.range', week, () => {})
  await answerLast({ ...empty, booked: [row('aula', 1_100), row('gym', 1_200)] })
  tell(booked('gym'))
  tell(booked('aula'))
  await answerLast({ ...empty, booked: [row('gym', 1_200)] })
  expect(asked.at(-1)?.argument).toEqual({ name: 'calendar.range', args: week })
  await answerLast({ ...empty, booked: [row('aula', 1_150)] })
  expect(screen.answerTo('calendar.range', week).rows?.booked).toEqual([row('aula', 1_150)])
})

test('a question about other halls is not asked again', async () => {
  screen.listen('calendar.range', { ...week, resources: ['aula'] }, () => {})
  await answerLast(empty)
  tell(booked('gym'))
  expect(asked.length).toBe(1)
  tell(booked('gym', 'aula'))
  expect(asked.at(-1)?.argument).toMatchObject({ args: { resources: ['aula'] } })
})

async function cancel(token: string): Promise<string> {
  const sent = screen.dispatch('reservation.cancel', { token, reason: '' })
  await answerLast({ status: 'accepted', result: { number: 1, title: token } })
  return (await sent).id
}

test('undo takes back the last command by its id, redo undoes the undo', async () => {
  await cancel('first')
  const second = await cancel('second')

  const undone = screen.undo()
  expect(asked.at(-1)?.argument).toMatchObject({ name: 'undo', args: { command: second } })
  const undoId = (asked.at(-1)?.argument as { id?: string } | undefined)?.id
  await answerLast({ status: 'accepted', result: {} })
  expect((await undone).status).toBe('done')

  const redone = screen.redo()
  expect(asked.at(-1)?.argument).toMatchObject({ name: 'undo', args: { command: undoId } })
  await answerLast({ status: 'accepted', result: {} })
  await redone
  expect(
    screen.useView.getState().done.map((each) => (each.args as { token: string }).token),
  ).toEqual(['first', 'second'])
})

test('a refused undo leaves the step where it was', async () => {
  const id = await cancel('only')
  const undone = screen.undo()
  await answerLast({ status: 'refused', refusal: { code: 'busy' } })
  expect((await undone).status).toBe('refused')
  expect(screen.useView.getState().done.map((each) => each.id)).toEqual([id])
})

test('holding Ctrl+Z sends one undo at a time', async () => {
  await cancel('only')
  const before = asked.length
  void screen.undo()
  expect(await screen.undo()).toEqual({ status: 'nothing' })
  expect(asked.length).toBe(before + 1)
})

test('a refused command is no step to undo', async () => {
  const sent = screen.dispatch('reservation.cancel', { token: 'gone', reason: '' })
  await answerLast({ status: 'refused', refusal: { code: 'gone', what: 'booking' } })
  await sent
  expect(screen.useView.getState().done).toEqual([])
})
