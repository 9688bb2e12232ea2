/**
 * What happens in Musterwil: the weekly programme of clubs, school and offices, and the kinds of single events.
 */
import type { Club } from './people.ts'

export type Weekly = Readonly<{
  hall: string
  /** ISO weekday. */
  weekday: number
  from: string
  to: string
  who: Club
  title: string
  persons: number | null
  publicTitle?: string
  /** Not in school holidays. */
  school?: true
  /** Every second week (0 or 1), every fourth (`of` 4) …; absent: every week. */
  every?: Readonly<{ of: number; at: number }>
}>

const w = (
  hall: string,
  weekday: number,
  from: string,
  to: string,
  who: Club,
  title: string,
  persons: number | null,
  more: Partial<Weekly> = {},
): Weekly => ({ hall, weekday, from, to, who, title, persons, ...more })

const biweekly = (at: number) => ({ every: { of: 2, at } })
const monthly = (at: number) => ({ every: { of: 4, at } })
const school = { school: true } as const

export const weekly: readonly Weekly[] = [
  ...[1, 2, 3, 4, 5].map((day) =>
    w('turnhalle', day, '08:00', '12:00', 'Schule Zelgli', 'Turnunterricht', 60, school),
  ),
  w('turnhalle', 2, '13:30', '15:30', 'Schule Zelgli', 'Schulsport', 40, school),
  w('turnhalle', 4, '18:00', '22:00', 'Turnverein Musterwil', 'Gesamttraining', 90, biweekly(0)),
  w('turnhalle-a', 1, '18:00', '20:00', 'Turnverein Musterwil', 'Turnen Aktive', 28),
  w('turnhalle-a', 1, '20:00', '22:00', 'Handballclub Zelgli', 'Handball Damen', 18),
  w('turnhalle-a', 2, '17:00', '18:00', 'Kinderturnen', 'Kinderturnen', 20, school),
  w('turnhalle-a', 2, '18:00', '20:00', 'Damenriege', 'Damenriege', 24),
  w('turnhalle-a', 2, '20:00', '22:00', 'Handballclub Zelgli', 'Handball Herren', 18),
  w('turnhalle-a', 3, '17:00', '19:00', 'Unihockey Musterwil', 'Unihockey U15', 22),
  w('turnhalle-a', 5, '18:00', '20:00', 'Turnverein Musterwil', 'Geräteturnen', 26),
  w('turnhalle-b', 1, '18:00', '20:00', 'Volleyballclub', 'Volleyball Mixed', 16),
  w('turnhalle-b', 2, '20:00', '22:00', 'Männerriege', 'Männerriege', 20),
  w('turnhalle-b', 3, '19:00', '21:00', 'Judo Club', 'Judo', 24),
  w('turnhalle-b', 5, '18:00', '22:00', 'Badminton Club', 'Badminton', 16),
  w('turnhalle-c', 1, '17:00', '18:30', 'Kinderturnen', 'Muki-Turnen', 24, school),
  w('turnhalle-c', 2, '19:00', '20:30', 'Yoga am Abend', 'Pilates', 14),
  w('turnhalle-c', 3, '18:00', '20:00', 'Yoga am Abend', 'Yoga', 18),
  w('turnhalle-c', 5, '19:00', '21:00', 'Tischtennisclub', 'Tischtennis', 12),
  w('aula', 1, '19:00', '22:00', 'Theatergruppe', 'Theaterprobe', 40),
  w('aula', 2, '10:00', '11:30', 'Schule Zelgli', 'Singen 3. Klasse', 24, school),
  w('aula', 3, '19:00', '22:00', 'Musikverein Musterwil', 'Gesamtprobe', 55),
  w('aula', 4, '14:00', '16:00', 'Schule Zelgli', 'Schülertheater', 45, school),
  w('aula', 5, '20:00', '22:30', 'Jodlerklub Alpenrösli', 'Probe Jodlerklub', 32),
  w('mehrzwecksaal', 1, '09:00', '11:00', 'Pro Senectute Ortsgruppe', 'Altersturnen', 30, {
    publicTitle: 'Altersturnen',
  }),
  w('mehrzwecksaal', 2, '11:00', '15:00', 'Mittagstisch', 'Mittagstisch', 70, {
    publicTitle: 'Mittagstisch',
  }),
  w('mehrzwecksaal', 2, '19:00', '22:00', 'Kirchenchor', 'Chorprobe', 35),
  w('mehrzwecksaal', 3, '14:00', '17:00', 'Pro Senectute Ortsgruppe', 'Jassnachmittag', 60),
  w('mehrzwecksaal', 4, '19:30', '22:00', 'Tanzkreis', 'Volkstanz', 28),
  w('kueche', 2, '09:00', '15:00', 'Mittagstisch', 'Mittagstisch kochen', 6),
  w('kueche', 4, '17:00', '21:00', 'Landfrauen', 'Kochkurs', 10, biweekly(1)),
  w('sitzungszimmer-1', 1, '09:00', '11:00', 'Bauamt', 'Bausitzung', 8),
  w('sitzungszimmer-1', 1, '14:00', '16:00', 'Schulpflege', 'Schulpflege', 9, biweekly(0)),
  w('sitzungszimmer-1', 2, '08:00', '09:30', 'Gemeinderat', 'Gemeinderat', 9),
  w('sitzungszimmer-1', 2, '13:30', '17:00', 'Steueramt', 'Veranlagung', 6),
  w('sitzungszimmer-1', 3, '19:30', '21:30', 'Elternrat Zelgli', 'Elternrat', 12, monthly(1)),
  w(
    'sitzungszimmer-1',
    4,
    '09:00',
    '12:00',
    'Kulturkommission',
    'Kulturkommission',
    7,
    biweekly(0),
  ),
  w('sitzungszimmer-1', 4, '19:00', '21:00', 'Samariterverein', 'Samariterübung', 14, biweekly(1)),
  w('sitzungszimmer-1', 5, '08:00', '11:00', 'Spitex', 'Teamsitzung Spitex', 10),
  w('sitzungszimmer-2', 2, '09:00', '11:00', 'Sozialdienst', 'Beratung', 2),
  w('sitzungszimmer-2', 3, '13:00', '16:00', 'Mütter- und Väterberatung', 'Mütterberatung', 4),
  w('sitzungszimmer-2', 4, '13:00', '17:00', 'Mütter- und Väterberatung', 'Mütterberatung', 4),
  w(
    'sitzungszimmer-2',
    5,
    '10:00',
    '11:30',
    'Rechnungsprüfung',
    'Rechnungsprüfung',
    5,
    biweekly(1),
  ),
]

export type Single = Readonly<{
  hall: string
  weekdays: readonly number[]
  starts: readonly string[]
  /** Hours, shortest to longest. */
  hours: readonly [number, number]
  titles: readonly string[]
  persons: readonly [number, number]
  by: 'anybody' | readonly Club[]
  /** Chance in one week, per try. */
  chance: number
  tries: number
}>

export const singles: readonly Single[] = [
  {
    hall: 'mehrzwecksaal',
    weekdays: [6],
    starts: ['10:00', '14:00', '16:00'],
    hours: [6, 8],
    titles: ['Hochzeit', 'Geburtstagsfest', 'Konzert', 'Familienfest', 'Racletteabend'],
    persons: [60, 220],
    by: 'anybody',
    chance: 0.7,
    tries: 1,
  },
  {
    hall: 'mehrzwecksaal',
    weekdays: [7],
    starts: ['10:00', '11:00'],
    hours: [4, 6],
    titles: ['Taufe', 'Konfirmation', 'Brunch', 'Flohmarkt'],
    persons: [30, 120],
    by: 'anybody',
    chance: 0.5,
    tries: 1,
  },
  {
    hall: 'mehrzwecksaal',
    weekdays: [5],
    starts: ['17:00', '18:00'],
    hours: [4, 5],
    titles: ['Generalversammlung', 'Vereinsabend', 'Vortragsabend'],
    persons: [60, 180],
    by: ['Feuerwehr Musterwil', 'Frauenverein', 'Naturschutzverein', 'Velo-Club', 'Ludothek'],
    chance: 0.7,
    tries: 1,
  },
  {
    hall: 'aula',
    weekdays: [2, 4],
    starts: ['18:30', '19:00'],
    hours: [2, 3],
    titles: ['Elternabend', 'Infoabend Übertritt', 'Lesung'],
    persons: [30, 110],
    by: ['Schule Zelgli', 'Elternrat Zelgli', 'Kulturkommission'],
    chance: 0.6,
    tries: 2,
  },
  {
    hall: 'aula',
    weekdays: [6, 7],
    starts: ['09:30', '14:00', '17:00', '19:00'],
    hours: [2, 4],
    titles: ['Konzert', 'Jubiläum', 'Vorspielstunde', 'Theateraufführung', 'Hauptprobe'],
    persons: [40, 120],
    by: ['Musikverein Musterwil', 'Theatergruppe', 'Jodlerklub Alpenrösli', 'Frauenverein'],
    chance: 0.6,
    tries: 2,
  },
  {
    hall: 'turnhalle',
    weekdays: [6, 7],
    starts: ['09:00', '10:00'],
    hours: [6, 9],
    titles: ['Hallenturnier U13', 'Handballrunde', 'Unihockeyturnier', 'Spielfest'],
    persons: [80, 260],
    by: ['Handballclub Zelgli', 'Unihockey Musterwil', 'Turnverein Musterwil'],
    chance: 0.55,
    tries: 2,
  },
  {
    hall: 'sitzungszimmer-1',
    weekdays: [1, 2, 3, 4, 5],
    starts: ['10:00', '16:00', '18:00', '19:00'],
    hours: [1, 2],
    titles: ['Besprechung Neubau', 'Kreditoren', 'Vorstandssitzung', 'Bewerbungsgespräche'],
    persons: [4, 14],
    by: ['Bauamt', 'Steueramt', 'Velo-Club', 'Frauenverein', 'Schachclub'],
    chance: 0.75,
    tries: 3,
  },
  {
    hall: 'sitzungszimmer-2',
    weekdays: [1, 2, 3, 4, 5],
    starts: ['08:30', '10:00', '14:00', '15:30'],
    hours: [1, 2],
    titles: ['Beratung', 'Standortgespräch', 'Schlichtung', 'Einzelgespräch'],
    persons: [2, 6],
    by: ['Sozialdienst', 'Schule Zelgli', 'Spitex'],
    chance: 0.7,
    tries: 3,
  },
  {
    hall: 'grillplatz',
    weekdays: [3, 5, 6, 7],
    starts: ['11:00', '12:00', '16:00'],
    hours: [4, 6],
    titles: ['Geburtstagsfest', 'Waldfest', 'Quartiergrill', 'Abschlussfest', 'Pfadi-Übung'],
    persons: [12, 55],
    by: 'anybody',
    chance: 0.5,
    tries: 3,
  },
  {
    hall: 'turnhalle-c',
    weekdays: [1, 4, 5],
    starts: ['18:30', '20:00', '20:30'],
    hours: [1, 1],
    titles: ['Selbstverteidigung', 'Rückenfit', 'Probetraining'],
    persons: [6, 18],
    by: 'anybody',
    chance: 0.4,
    tries: 2,
  },
]
