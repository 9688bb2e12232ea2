import { describe, expect, it } from 'vitest'
import { BadCall, type Core, NotReady } from '../../core/core.ts'
import { answerCalls, type Shell } from '../../electron/main/calls.ts'

const token = '018f2c4e-7a1b-7c3d-8e4f-0123456789ab'

/** A core whose every answer is given; only the checks before it are under test. */
function coreThat(part: Partial<Core>, phase = 'ready'): Core {
  return { opened: Promise.resolve(), status: () => ({ phase }), ...part } as unknown as Core
}

const shell = { preferences: () => ({ theme: 'dark' }) } as unknown as Shell

function answers(core: Core) {
  const lines: string[] = []
  const answer = answerCalls(async () => core, shell, {
    write: (level, message, facts) => lines.push(JSON.stringify({ level, message, ...facts })),
  })
  return { answer, lines }
}

describe('a call of a screen', () => {
  it.each(['eval', 'constructor', '__proto__', 'toString', '', 7, null, { call: 'status' }])(
    'is refused when its name is not in the list: %j',
    async (name) => {
      const reply = await answers(coreThat({})).answer(name, undefined)
      expect(reply).toMatchObject({ ok: false, error: { code: 'unknown-call' } })
    },
  )

  it.each([
    ['status', {}],
    ['query', { name: 'calendar.everything', args: {} }],
    ['query', { name: 'resource.all', args: {}, sql: 'select 1' }],
    ['dispatch', { name: 'reservation.book', args: {} }],
    ['dispatch', { id: 'not-a-uuid', name: 'undo', args: {} }],
    ['dispatch', { id: token, name: 'reservation.update', args: {} }],
    ['found', { as: 'postgres', name: '' }],
    ['found', { as: 'empty', name: 'x'.repeat(121) }],
    ['dismissNotice', { index: -1 }],
    ['openExternal', 'https://example.ch'],
    ['reportError', { message: 'x', stack: 'y', cookies: 'z' }],
  ])('is refused when its argument does not fit: %s %j', async (name, argument) => {
    const reply = await answers(coreThat({})).answer(name, argument)
    expect(reply).toMatchObject({ ok: false, error: { code: 'bad-arguments' } })
  })

  it.each([
    [new BadCall('reservation.book: person.name'), 'bad-arguments', 'warn'],
    [new NotReady('failed'), 'not-ready', undefined],
    [new TypeError('of ours'), 'failed', 'error'],
  ])('that the core cannot answer says why: %s', async (error, code, level) => {
    const { answer, lines } = answers(coreThat({ query: () => Promise.reject(error) }))
    const reply = await answer('query', { name: 'resource.all', args: {} })
    expect({ reply, level: JSON.parse(lines[0] ?? '{}').level }).toEqual({
      reply: { ok: false, error: { code, detail: error.name } },
      level,
    })
  })

  it('gets its answer', async () => {
    const { answer } = answers(coreThat({ query: async () => [] as never }))
    expect(await answer('query', { name: 'resource.all', args: {} })).toEqual({
      ok: true,
      value: [],
    })
  })

  it('waits until the data is open', async () => {
    let phase = 'opening'
    let open = () => {}
    const opened = new Promise<void>((resolve) => {
      open = () => {
        phase = 'ready'
        resolve()
      }
    })
    const core = {
      opened,
      status: () => ({ phase }),
      query: async () => ['row'],
    } as unknown as Core
    const waiting = answers(core).answer('query', { name: 'resource.all', args: {} })
    open()
    expect(await waiting).toEqual({ ok: true, value: ['row'] })
  })

  it('is told that nothing is founded yet', async () => {
    const { answer } = answers(coreThat({}, 'first-start'))
    expect(await answer('query', { name: 'resource.all', args: {} })).toEqual({
      ok: false,
      error: { code: 'not-ready', detail: 'first-start' },
    })
  })

  it('gets a failure as data, and the words of the exception stay in the log', async () => {
    const core = coreThat({
      query: async () => {
        throw new TypeError('Rosa Brunner is not iterable')
      },
    })
    const { answer, lines } = answers(core)
    expect(await answer('query', { name: 'resource.all', args: {} })).toEqual({
      ok: false,
      error: { code: 'failed', detail: 'TypeError' },
    })
    expect(lines).toHaveLength(1)
  })
})
