import { fc, test } from '@fast-check/vitest'
import { describe, expect, it } from 'vitest'
import { lineOf } from '../../electron/main/logs.ts'
import { redact, redactText } from '../../electron/main/redaction.ts'

describe('the log holds nothing personal', () => {
  it('takes facts out by their name, at every depth', () => {
    const facts = {
      person: { name: 'Rosa Brunner', phone: '044 123 45 67' },
      booking: { title: 'Jubiläum', number: 1207, places: 2 },
      lastName: 'Brunner',
      email: 'rosa@example.ch',
      statementName: 'takenSlots',
    }
    expect(redact(facts)).toEqual({
      person: '[redacted]',
      booking: { title: '[redacted]', number: 1207, places: 2 },
      lastName: '[redacted]',
      email: '[redacted]',
      statementName: 'takenSlots',
    })
  })

  it.each([
    ['mail rosa.brunner@gemeinde-zelgli.ch now', 'mail [redacted] now'],
    ['call +41 44 123 45 67 back', 'call [redacted] back'],
    ['call 079 123 45 67', 'call [redacted]'],
    ['call 0041791234567.', 'call [redacted].'],
    ['tel:+41791234567', 'tel:[redacted]'],
    ['postgres://desk:geheim@host/db', 'postgres://desk:[redacted]@host/db'],
    ['http://127.0.0.1:4000/?key=abc123', 'http://127.0.0.1:4000/?key=[redacted]'],
    ['Key (email)=(rosa at home) already exists.', 'Key (email)=([redacted]) already exists.'],
    [
      'Unexpected token, "Rosa Brunner" is not valid',
      'Unexpected token, "[redacted]" is not valid',
    ],
  ])('takes what looks personal out of: %s', (sentence, clean) => {
    expect(redactText(sentence)).toBe(clean)
  })

  it.each([
    'duplicate key value violates unique constraint "reserved_slots_pkey"',
    'at Object.open (/opt/allmend/out/main/core.cjs:1043:17)',
    'opened in 412 ms, 2500 bookings, process 31077',
    '2027-06-14T18:00:00.000Z',
    '018f2c4e-7a1b-7c3d-8e4f-0123456789ab',
    "Cannot read properties of undefined (reading 'start')",
  ])('leaves what helps a supporter: %s', (sentence) => {
    expect(redactText(sentence)).toBe(sentence)
  })

  it('writes an error with its code and its cause, and without what it quotes', () => {
    const cause = Object.assign(new Error('Key (phone)=(044 123 45 67) exists'), { code: '23505' })
    const line = lineOf(new Date(0), 'error', 'a call failed', {
      error: new Error('no row for "Rosa Brunner"', { cause }),
    })
    const { stack: _, cause: inner, ...error } = JSON.parse(line).error
    const { stack: __, ...innerError } = inner
    expect({ error, innerError }).toEqual({
      error: { error: 'Error', message: 'no row for "[redacted]"' },
      innerError: { error: 'Error', message: 'Key (phone)=([redacted]) exists', code: '23505' },
    })
  })

  it('survives facts that contain themselves', () => {
    const circle: Record<string, unknown> = {}
    circle.self = circle
    expect(JSON.stringify(redact(circle))).toContain('[deep]')
  })

  const digits = (length: number) => fc.stringMatching(new RegExp(`^[0-9]{${length}}$`))
  test.prop([fc.constantFrom('+41 ', '0041 ', '0'), digits(2), digits(3), digits(2), digits(2)])(
    'no Swiss number survives, however it is spaced',
    (prefix, area, a, b, c) => {
      const rest =
        prefix === '0' ? `${area.replace(/^0/, '4')} ${a} ${b} ${c}` : `${area} ${a} ${b} ${c}`
      for (const number of [
        prefix + rest,
        (prefix + rest).replaceAll(' ', ''),
        (prefix + rest).replaceAll(' ', '-'),
      ]) {
        expect(redactText(`said ${number} and hung up`)).toBe('said [redacted] and hung up')
      }
    },
  )
})
