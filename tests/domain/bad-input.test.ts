/**
 * What a clerk may type wrong, form by form: each gets its word at its field, and what was typed is never cut off or thrown
 * away. The fields' sentences in four languages are the catalogues' (catalogues.test.ts finds a missing one).
 */
import { describe, expect, test } from 'vitest'
import type * as z from 'zod'
import {
  municipalityFound,
  personCard,
  personFacts,
  publishTargetSave,
  reservationBook,
  reservationCancel,
} from '../../core/commands/calls.ts'
import { draft as draftSchema } from '../../core/contract.ts'
import { readBlockForm } from '../../renderer/features/availability/blockForm.ts'
import { type PeriodForm, readForm } from '../../renderer/features/availability/form.ts'
import { checkDraft } from '../../renderer/features/booking/check.ts'
import { emptyDraft } from '../../renderer/features/booking/emptyDraft.ts'
import { momentOf } from '../../renderer/features/booking/moment.ts'
import { newTarget, wrongIn } from '../../renderer/features/publish/targetDraft.ts'
import { isTooLong, LIMITS, type Limited } from '../../renderer/format/limits.ts'

const ZONE = 'Europe/Zurich'
const NOW = Date.parse('2027-06-01T07:00:00Z')
const TODAY = '2027-06-01'
const ENDLESS = 'x'.repeat(10_000)
const uuid = () => crypto.randomUUID()

describe('the phone panel', () => {
  const good = {
    ...emptyDraft,
    token: uuid(),
    resource: uuid(),
    date: '14.6.',
    from: '18',
    to: '20',
    name: 'Ruth Meier',
  }
  const wrongIn = (more: Partial<typeof good>) => {
    const checked = checkDraft({ ...good, ...more }, ZONE, NOW, { token: uuid(), person: uuid() })
    return checked.ok ? {} : checked.errors
  }

  test('takes what is right', () => {
    expect(wrongIn({})).toEqual({})
  })

  test.each([
    ['31 February', { date: '31.2.' }, { date: 'date' }],
    ['a day that is none', { date: 'irgendwann' }, { date: 'date' }],
    ['a date of 10,000 characters', { date: ENDLESS }, { date: 'date' }],
    ['an hour that is none', { from: '25' }, { from: 'time' }],
    ['the same time twice', { to: '18:00' }, { to: 'order' }],
    ['no places', { places: '0' }, { places: 'places' }],
    ['10,000 places', { places: '10000' }, { places: 'places' }],
    ['half a place', { places: '1.5' }, { places: 'places' }],
    ['nobody at all', { persons: '0' }, { persons: 'persons' }],
    ['more persons than a country', { persons: '99999999' }, { persons: 'persons' }],
    ['a phone of letters', { phone: 'null sieben neun' }, { phone: 'phone' }],
    ['an address without an @', { email: 'ruth.meier' }, { email: 'email' }],
    ['a name of 10,000 characters', { name: ENDLESS }, { name: 'long' }],
    ['a title of 10,000 characters', { title: ENDLESS }, { title: 'long' }],
    ['a note of 10,000 characters', { note: ENDLESS }, { note: 'long' }],
    ['a phone of 10,000 digits', { phone: '0'.repeat(10_000) }, { phone: 'long' }],
    ['an organisation of 10,000 characters', { organisation: ENDLESS }, { organisation: 'long' }],
  ] as const)('%s', (_, typed, errors) => {
    expect(wrongIn(typed)).toEqual(errors)
  })

  test('an end before the start is the next day, and says so', () => {
    expect(momentOf({ date: '14.6.', from: '22', to: '2' }, ZONE, NOW)).toMatchObject({
      day: '2027-06-14',
      endDay: '2027-06-15',
      errors: {},
    })
  })

  test('a draft of any length is kept for the next start', () => {
    const typed = { ...good, note: ENDLESS, title: ENDLESS }
    expect(draftSchema.parse(typed)).toEqual(typed)
  })
})

describe('availability', () => {
  const good: PeriodForm = {
    resources: [uuid()],
    from: '14.6.',
    until: '20.6.',
    weekdays: [1, 2, 3],
    opens: '08:00',
    closes: '22:00',
    step: 30,
    places: '1',
    most: '',
    byStaff: false,
    together: false,
    holidays: true,
    school: false,
    skip: '',
  }
  test.each([
    ['what is right', {}, {}],
    ['no hall', { resources: [] }, { resources: 'halls' }],
    ['31 February', { from: '31.2.2028', until: '1.3.2028' }, { from: 'day' }],
    ['an end before the start', { until: '13.6.2027' }, { until: 'order' }],
    ['a year typed wrong', { until: '20.6.2072' }, { until: 'tooLong' }],
    ['no weekday', { weekdays: [] }, { weekdays: 'weekdays' }],
    ['a step that does not divide', { opens: '08:10' }, { opens: 'step' }],
    ['a step that does not divide the end', { closes: '21:45' }, { closes: 'step' }],
    ['the same time twice', { closes: '8' }, { closes: 'sameTime' }],
    ['an hour that is none', { closes: '26' }, { closes: 'time' }],
    ['no places', { places: '0' }, { places: 'places' }],
    ['10,000 places', { places: '10000' }, { places: 'places' }],
    ['more for one booking than there are', { places: '3', most: '4' }, { most: 'most' }],
    ['days to skip that are none', { skip: '24.12., gestern abend' }, { skip: 'skip' }],
    ['10,000 characters', { from: ENDLESS }, { from: 'day' }],
  ] as const)('%s', (_, typed, mistakes) => {
    expect(readForm({ ...good, ...typed } as PeriodForm, TODAY, []).mistakes).toEqual(mistakes)
  })
})

describe('a closure', () => {
  const good = { resources: [uuid()], from: '14.6.', opens: '', until: '', closes: '', reason: '' }
  test.each([
    ['what is right', {}, {}],
    ['no hall', { resources: [] }, { resources: 'halls' }],
    ['31 February', { from: '31.2.' }, { from: 'day' }],
    ['an end before the start', { until: '13.6.2027' }, { until: 'order' }],
    ['a time before the other', { opens: '12', closes: '11' }, { closes: 'timeOrder' }],
    ['an hour that is none', { opens: '26' }, { opens: 'time' }],
    ['a reason of 10,000 characters', { reason: ENDLESS }, { reason: 'reason' }],
  ] as const)('%s', (_, typed, mistakes) => {
    expect(readBlockForm({ ...good, ...typed }, TODAY, ZONE).mistakes).toEqual(mistakes)
  })
})

describe('a target of publishing', () => {
  const good = { ...newTarget(uuid(), 'Website', 'de-CH'), folder: '/srv/www' }
  test.each([
    ['what is right', {}, {}],
    ['a share of Windows', { folder: '\\\\server\\www' }, {}],
    ['no name', { name: ' ' }, { name: 'nameMissing' }],
    ['no folder', { folder: '' }, { folder: 'folderMissing' }],
    ['a folder that depends on where one stands', { folder: 'www' }, { folder: 'folderRelative' }],
    ['no hall', { halls: [] }, { halls: 'hallsMissing' }],
    [
      '10,000 characters',
      { name: ENDLESS, folder: `/${ENDLESS}` },
      { name: 'long', folder: 'long' },
    ],
  ] as const)('%s', (_, typed, wrong) => {
    expect(wrongIn({ ...good, ...typed } as typeof good)).toEqual(wrong)
  })
})

test('a field takes as much as the core does, and one character more gets its sentence', () => {
  const shapes: Readonly<Record<Limited, z.ZodType>> = {
    name: personFacts.shape.name,
    organisation: personFacts.shape.organisation,
    phone: personFacts.shape.phone,
    email: personFacts.shape.email,
    title: reservationBook.shape.title,
    note: reservationBook.shape.note,
    street: personCard.shape.street,
    postcode: personCard.shape.postcode,
    town: personCard.shape.town,
    reason: reservationCancel.shape.reason,
    municipality: municipalityFound.shape.name,
    target: publishTargetSave.shape.name,
    folder: publishTargetSave.shape.folder,
  }
  const told = (Object.keys(LIMITS) as Limited[]).map((field) => {
    const most = 'x'.repeat(LIMITS[field])
    return [
      field,
      shapes[field].safeParse(most).success,
      shapes[field].safeParse(`${most}x`).success,
      isTooLong(field, most),
      isTooLong(field, `${most}x`),
    ]
  })
  expect(told).toEqual(Object.keys(LIMITS).map((field) => [field, true, false, false, true]))
})
