/** The address of a shared server as it is typed or pasted. */
import { expect, test, vi } from 'vitest'

vi.stubGlobal('window', { desk: { invoke: async () => ({ ok: false }), on: () => () => {} } })
const { isAddress, NOTHING_TYPED, pasted, readTexts } = await import(
  '../../renderer/features/database/address.ts'
)

const typed = {
  ...NOTHING_TYPED,
  host: ' db.musterwil.ch ',
  database: 'allmend',
  user: 'schalter1',
  password: ' with blanks ',
  label: 'Schalter 1',
}

test('what is typed is an address, encrypted unless it is said otherwise', () => {
  expect(readTexts(typed)).toEqual({
    host: 'db.musterwil.ch',
    port: 5432,
    database: 'allmend',
    user: 'schalter1',
    // A password is never trimmed.
    password: ' with blanks ',
    tls: true,
    ca: '',
    label: 'Schalter 1',
  })
})

test('what is missing or no number is told field by field', () => {
  const read = readTexts({ ...typed, host: ' ', port: '54 32', label: '' })
  expect([isAddress(read), read]).toEqual([false, { host: true, port: true, label: true }])
  expect(readTexts({ ...typed, port: '' })).toEqual({ port: true })
})

test('a whole address is taken apart, as it stands in a message of whoever keeps the server', () => {
  expect([
    pasted('postgresql://schalter1:ge%40heim@db.musterwil.ch:5433/allmend?sslmode=require'),
    pasted('postgres://db.musterwil.ch/allmend'),
    pasted('  postgres://a@[fd00::1]/b?sslmode=disable '),
    pasted('db.musterwil.ch'),
    pasted('https://db.musterwil.ch'),
  ]).toEqual([
    {
      host: 'db.musterwil.ch',
      port: '5433',
      database: 'allmend',
      user: 'schalter1',
      password: 'ge@heim',
      tls: true,
    },
    { host: 'db.musterwil.ch', port: '5432', database: 'allmend' },
    { host: 'fd00::1', port: '5432', database: 'b', user: 'a', tls: false },
    null,
    null,
  ])
})
