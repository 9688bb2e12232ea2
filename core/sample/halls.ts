/**
 * The halls of the sample municipality Musterwil, with their opening times. Keys are for ever; names are what a
 * Swiss municipality would call them.
 */
import type { ArgsOf } from '../commands/calls.ts'

type Facts = Omit<ArgsOf<'resource.add'>, 'key' | 'position' | 'parent'>

export type SampleHall = Facts &
  Readonly<{
    key: string
    /** Key of the hall it is a part of. */
    partOf?: string
    /** Opening by weekdays; several where the weekend differs. */
    open: readonly Readonly<{
      weekdays: readonly number[]
      opens: string
      closes: string
      step: 15 | 30 | 60 | null
      places: number
      mostPerBooking: number
    }>[]
  }>

const WORKDAYS = [1, 2, 3, 4, 5]
const WEEKEND = [6, 7]
const DAILY = [1, 2, 3, 4, 5, 6, 7]

const daily = (opens: string, closes: string) => [
  { weekdays: DAILY, opens, closes, step: 30 as const, places: 1, mostPerBooking: 0 },
]
const workdays = (opens: string, closes: string) => [
  { weekdays: WORKDAYS, opens, closes, step: 15 as const, places: 1, mostPerBooking: 0 },
]

const third = (letter: 'A' | 'B' | 'C'): SampleHall => ({
  key: `turnhalle-${letter.toLowerCase()}`,
  name: `Drittel ${letter}`,
  group: 'Schulhaus Zelgli',
  kind: 'gym',
  partOf: 'turnhalle',
  sharesSpace: true,
  capacity: 100,
  features: ['Sprossenwand', 'Trennwand'],
  color: 4,
  open: workdays('17:00', '22:00'),
})

export const sampleHalls: readonly SampleHall[] = [
  {
    key: 'aula',
    name: 'Aula Zelgli',
    group: 'Schulhaus Zelgli',
    kind: 'hall',
    sharesSpace: false,
    capacity: 120,
    features: ['Bühne', 'Beamer', 'Flügel', 'Rollstuhlgängig'],
    color: 2,
    open: daily('08:00', '23:00'),
  },
  {
    key: 'turnhalle',
    name: 'Turnhalle',
    group: 'Schulhaus Zelgli',
    kind: 'gym',
    sharesSpace: false,
    capacity: 300,
    features: ['Tribüne', 'Garderoben', 'Anzeigetafel'],
    aliases: ['Sporthalle'],
    color: 4,
    open: [
      {
        weekdays: WORKDAYS,
        opens: '08:00',
        closes: '22:00',
        step: 30,
        places: 1,
        mostPerBooking: 0,
      },
      {
        weekdays: WEEKEND,
        opens: '08:00',
        closes: '20:00',
        step: 30,
        places: 1,
        mostPerBooking: 0,
      },
    ],
  },
  third('A'),
  third('B'),
  third('C'),
  {
    key: 'mehrzwecksaal',
    name: 'Mehrzwecksaal',
    group: 'Gemeindehaus',
    kind: 'hall',
    sharesSpace: false,
    capacity: 300,
    features: ['Bühne', 'Beamer', 'Bar', 'Rollstuhlgängig'],
    aliases: ['Mehrzweckhalle', 'MZH'],
    color: 0,
    open: daily('08:00', '24:00'),
  },
  {
    key: 'kueche',
    name: 'Küche',
    group: 'Gemeindehaus',
    kind: 'kitchen',
    partOf: 'mehrzwecksaal',
    sharesSpace: false,
    capacity: 12,
    features: ['Geschirr für 200', 'Steamer'],
    color: 0,
    open: daily('08:00', '24:00'),
  },
  {
    key: 'sitzungszimmer-1',
    name: 'Sitzungszimmer 1',
    group: 'Gemeindehaus',
    kind: 'room',
    sharesSpace: false,
    capacity: 14,
    features: ['Bildschirm', 'Videokonferenz'],
    color: 8,
    open: workdays('08:00', '22:00'),
  },
  {
    key: 'sitzungszimmer-2',
    name: 'Sitzungszimmer 2',
    group: 'Gemeindehaus',
    kind: 'room',
    sharesSpace: false,
    capacity: 8,
    features: ['Bildschirm'],
    color: 9,
    open: workdays('08:00', '18:00'),
  },
  {
    key: 'kita-baerli',
    name: 'Kita Bärli',
    group: 'Weitere',
    kind: 'nursery',
    sharesSpace: false,
    capacity: 12,
    features: ['Mittagessen', 'Garten'],
    color: 11,
    open: [
      {
        weekdays: WORKDAYS,
        opens: '07:00',
        closes: '18:00',
        step: null,
        places: 12,
        mostPerBooking: 3,
      },
    ],
  },
  {
    key: 'grillplatz',
    name: 'Grillplatz Buechwald',
    group: 'Weitere',
    kind: 'outdoor',
    sharesSpace: false,
    capacity: 60,
    features: ['Unterstand', 'Holz', 'Wasser'],
    color: 6,
    open: daily('10:00', '22:00'),
  },
]
