/**
 * Two real desks on one real Postgres: one founds what the other joins, each works while the cable of the other is out,
 * and what could not be is settled with the next key. By keyboard.
 */
import { join } from 'node:path'
import { addDays, dayOf, instantAt } from '../../core/domain/time.ts'
import { uuid7 } from '../../core/domain/uuid.ts'
import type { CalendarRows, ResourceRow } from '../../core/queries/rows.ts'
import { expect, type Page, test } from '../harness/test.ts'
import { CA, OTHER_CA, TlsProxy } from '../harness/tls-proxy.ts'
import { addHall, openHall } from './calendar-desk.ts'
import { ask, format, panel } from './clerk.ts'
import { seriousHere } from './screens.ts'
import {
  addressVia,
  type CabledDesk,
  invoke,
  openTown,
  plug,
  pull,
  type Town,
  until,
  userWithPassword,
} from './shared.ts'

const ZONE = 'Europe/Zurich'
const TODAY = dayOf(Date.now(), ZONE)
const DAY = addDays(TODAY, 3)

let town: Town
let one: CabledDesk
let two: CabledDesk
test.describe.configure({ mode: 'serial' })
test.beforeAll(async () => {
  test.setTimeout(240_000)
  town = await openTown()
  one = await town.desk('Schalter 1')
})
test.afterAll(() => town?.close())

const chip = (page: Page, text: RegExp) => page.getByRole('button', { name: text })
const field = (page: Page, name: string) =>
  page.locator('input').and(page.getByLabel(name, { exact: true }))
const card = (page: Page, title: string) =>
  page.getByRole('feed', { name: 'Zu klären' }).getByRole('article').filter({ hasText: title })

/** What a desk shows on a day: titles, and what of it only waits. */
async function shown(page: Page, day = DAY): Promise<readonly string[]> {
  const rows = await ask<CalendarRows>(page, 'calendar.range', {
    start: instantAt(day, '00:00', ZONE),
    end: instantAt(addDays(day, 1), '00:00', ZONE),
  })
  return rows.booked.map(({ title, waits }) => (waits ? `${title} ${waits}` : title)).sort()
}

/** Types a booking from N to Ctrl+Enter. */
async function typeBooking(page: Page, from: string, to: string, title: string): Promise<void> {
  const { keyboard } = page
  await keyboard.press('n')
  await expect(field(page, 'Wo')).toBeFocused()
  await keyboard.type('Aula')
  await keyboard.press('Enter')
  await keyboard.press('Tab')
  await keyboard.type(format.day(DAY))
  await keyboard.press('Enter')
  await keyboard.type(from)
  await keyboard.press('Enter')
  await keyboard.type(to)
  await keyboard.press('Enter')
  await keyboard.type('Ruth Meier')
  await keyboard.press('Enter')
  await keyboard.type('079 000 01 40')
  for (let fields = 0; fields < 3; fields++) await keyboard.press('Enter')
  await keyboard.type(title)
}

/** A colleague's booking, given without the screen. */
async function book(page: Page, title: string, from: string, to: string): Promise<string> {
  const [hall] = await ask<ResourceRow[]>(page, 'resource.all', {})
  const fresh = () => uuid7(Date.now(), crypto.getRandomValues(new Uint8Array(16)))
  const outcome = await invoke(page, 'dispatch', {
    id: fresh(),
    name: 'reservation.book',
    args: {
      token: fresh(),
      resource: hall?.id,
      during: { start: instantAt(DAY, from, ZONE), end: instantAt(DAY, to, ZONE) },
      places: 1,
      title,
      publicTitle: '',
      note: '',
      persons: null,
      person: {
        id: fresh(),
        name: 'Urs Frei',
        organisation: 'Kulturverein',
        phone: '044 000 22 33',
        email: '',
      },
    },
  })
  return outcome.status
}

/** The system's dialog cannot be driven: this file is what was chosen in it. */
async function chooseCertificate({ app, page }: CabledDesk, file: string): Promise<void> {
  await app.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [chosen] })
  }, file)
  await page.getByRole('button', { name: 'Datei wählen …' }).press('Enter')
  await expect(field(page, 'Zertifikate, denen vertraut wird')).toHaveValue(file)
}

test('a first start connects to an empty server, is told in words what is wrong with it, and founds', async () => {
  const { page } = one
  const { keyboard } = page
  const user = await userWithPassword(town.server, 'sehr geheim')
  const tls = await TlsProxy.before(town.server.deskUrl)
  const { host, port, database } = addressVia(one)
  try {
    await page.getByRole('button', { name: 'Mit Datenbank verbinden' }).press('Enter')
    await expect(field(page, 'Server')).toBeFocused()
    await keyboard.press('Enter')
    await expect(page.getByText('Wie heisst der Server?')).toBeVisible()
    await expect(field(page, 'Server')).toBeFocused()
    expect(await seriousHere(page)).toEqual([])

    await keyboard.type('localhost')
    await keyboard.press('Tab')
    await keyboard.press('Control+a')
    await keyboard.type('9')
    await keyboard.press('Tab')
    await keyboard.type(database)
    await keyboard.press('Tab')
    await keyboard.type(user)
    await keyboard.press('Tab')
    await keyboard.type('falsch')
    await field(page, 'Name dieses Schalters').fill('Schalter 1')
    await keyboard.press('Enter')
    await expect(page.getByText('Unter dieser Adresse antwortet niemand.')).toBeVisible()
    // What is wrong stands at its field, and the next key is meant for it. Nothing typed is lost.
    await expect(field(page, 'Server')).toBeFocused()
    await expect(field(page, 'Passwort')).toHaveValue('falsch')
    expect(await seriousHere(page)).toEqual([])

    await field(page, 'Port').fill(String(port))
    await keyboard.press('Enter')
    await expect(page.getByText('Dieser Server verschlüsselt nicht')).toBeVisible()

    await field(page, 'Port').fill(String(tls.port))
    await keyboard.press('Enter')
    const untrusted = page.getByText('Dem Zertifikat des Servers wird nicht vertraut')
    await expect(untrusted).toBeVisible()
    await chooseCertificate(one, OTHER_CA)
    await page.getByRole('button', { name: 'Verbindung prüfen' }).press('Enter')
    await expect(untrusted).toBeVisible()
    await chooseCertificate(one, join(CA, '..', 'README.md'))
    await page.getByRole('button', { name: 'Verbindung prüfen' }).press('Enter')
    await expect(page.getByText('In dieser Datei steht kein Zertifikat.')).toBeVisible()
    await chooseCertificate(one, CA)
    await page.getByRole('button', { name: 'Verbindung prüfen' }).press('Enter')
    await expect(page.getByText('Benutzer oder Passwort stimmen nicht.')).toBeVisible()
    await expect(field(page, 'Passwort')).toBeFocused()
    await keyboard.press('Control+a')
    await keyboard.type('sehr geheim')
    await keyboard.press('Enter')
    await expect(page.getByText('Die Datenbank ist bereit und leer.')).toBeVisible()
    expect(await seriousHere(page)).toEqual([])

    // The cable of this desk, from here on without encryption: it is ours to pull.
    await field(page, 'Verschlüsselt verbinden (TLS)').press('Space')
    await field(page, 'Server').fill(host)
    await field(page, 'Port').fill(String(port))
    await keyboard.press('Enter')
    await expect(field(page, 'Name der Gemeinde')).toBeFocused()
    await keyboard.press('Enter')
    await expect(page.getByText('Wie heisst die Gemeinde?')).toBeVisible()
    await keyboard.type('Gemeinde Seedorf')
    await keyboard.press('Enter')
    await expect(page.getByText('Noch keine Halle erfasst.')).toBeVisible({ timeout: 60_000 })
    await expect(chip(page, /^Aktuell \d\d:\d\d$/)).toBeVisible()
    // The password is in no answer to a page.
    expect(JSON.stringify(await invoke(page, 'server'))).not.toContain('geheim')
  } finally {
    await tls.close()
  }
  const hall = await addHall(page, 'Aula')
  await openHall(page, hall, { from: TODAY, until: addDays(TODAY, 30), opens: '08:00' })
  await invoke(page, 'setPreferences', { actor: 'Anna' })
})

test('another desk joins, and what a colleague books appears there without a flicker, the focus where it was', async () => {
  test.setTimeout(180_000)
  two = await town.desk('Schalter 2')
  const { page } = two
  await page.getByRole('button', { name: 'Mit Datenbank verbinden' }).press('Enter')
  const { host, port, database, user } = addressVia(two)
  // As whoever keeps the server hands it over.
  await field(page, 'Server').evaluate((element, text) => {
    const data = new DataTransfer()
    data.setData('text', text)
    element.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true }))
  }, `postgresql://${user}@${host}:${port}/${database}?sslmode=disable`)
  await expect(field(page, 'Datenbank')).toHaveValue(database)
  await field(page, 'Name dieses Schalters').fill('Schalter 2')
  await page.keyboard.press('Enter')
  await expect(page.getByText(/«Gemeinde Seedorf» ist hier zu Hause/)).toBeVisible()
  await expect(page.getByRole('button', { name: 'Mitarbeiten' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('grid')).toBeVisible({ timeout: 60_000 })
  await invoke(page, 'setPreferences', { actor: 'Beat', route: `calendar/timeline/week/${DAY}` })
  await page.reload()
  await expect(page.getByRole('grid')).toBeVisible()

  await page.keyboard.press('n')
  await expect(field(page, 'Wo')).toBeFocused()
  await page.evaluate(() => {
    const grid = document.querySelector('[role="grid"]')
    const seen = { emptied: 0, grid }
    Object.assign(window, { seen })
    const watch = new MutationObserver(() => {
      const now = document.querySelector('[role="grid"]')
      if (now !== grid || !now?.textContent?.includes('Aula')) seen.emptied += 1
    })
    watch.observe(document.body, { childList: true, subtree: true })
  })
  expect(await book(one.page, 'Vorstandssitzung', '09:00', '11:00')).toBe('accepted')
  await expect(page.getByRole('grid')).toContainText('Vorstandssitzung')
  expect(
    await page.evaluate(() => (window as unknown as { seen: { emptied: number } }).seen.emptied),
  ).toBe(0)
  await expect(field(page, 'Wo')).toBeFocused()
  await page.keyboard.press('Escape')

  await chip(page, /^Aktuell/).press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Gemeinsame Datenbank' })
  await expect(dialog).toContainText('Schalter 1')
  await expect(dialog).toContainText('Schalter 2 (dieser)')
  await expect(dialog.getByRole('button', { name: 'Jetzt versuchen' })).toBeFocused()
  expect(await seriousHere(page)).toEqual([])
  await page.keyboard.press('Escape')
  await expect(chip(page, /^Aktuell/)).toBeFocused()
})

test('with the cable out a wish is noted and said so; plugged in, one is solid and the other has ways out that work', async () => {
  test.setTimeout(180_000)
  const { page } = two
  await pull(two)
  await expect(page.getByText(/^Offline seit \d\d:\d\d: Was Sie eingeben/)).toBeVisible()
  await expect(chip(page, /^Offline seit \d\d:\d\d$/)).toBeVisible()

  await typeBooking(page, '18', '20', 'Chorprobe')
  await expect(page.getByRole('button', { name: /Wunsch notieren/ })).toBeVisible()
  await expect(panel(page).getByText(/Stand \d\d:\d\d/)).toBeVisible()
  await page.keyboard.press('Control+Enter')
  const told = page.getByTestId('read-back')
  await expect(told).toContainText('Notiert, noch nicht gebucht')
  await expect(told).toContainText('Wir bestätigen, sobald unser System wieder verbunden ist.')
  await expect(told).toContainText(/Würde angenommen, Stand \d\d:\d\d/)
  expect(await seriousHere(page)).toEqual([])

  // The second wish for that time is told before it is sent.
  await typeBooking(page, '19', '21', 'Jassabend')
  await page.keyboard.press('Control+Enter')
  await expect(told).toContainText(/Wird wohl abgelehnt: .*«Chorprobe»/)
  await page.keyboard.press('Escape')
  await typeBooking(page, '14', '15', 'Probelektion')
  await page.keyboard.press('Control+Enter')
  await expect(told).toContainText('Notiert, noch nicht gebucht')
  await page.keyboard.press('Escape')
  await expect(chip(page, /^Offline seit \d\d:\d\d · 3 warten$/)).toBeVisible()
  expect(await shown(page)).toEqual([
    'Chorprobe noted',
    'Jassabend doubtful',
    'Probelektion noted',
    'Vorstandssitzung',
  ])
  const grid = page.getByRole('grid')
  await expect(grid.locator('[data-line][data-waits="noted"]').first()).toContainText(
    'Notiert, nicht gebucht: Probelektion',
  )
  // The fourth of a cell is a mark on its strip.
  await expect(grid.locator('[data-waits="doubtful"]').first()).toBeVisible()
  expect(await seriousHere(page)).toEqual([])

  // What is noted is listed in words, and is taken back by hand.
  await chip(page, /^Offline/).press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Gemeinsame Datenbank' })
  await expect(dialog.getByText(/^Reservieren: Chorprobe, Aula, .*18:00–20:00$/)).toBeVisible()
  expect(await seriousHere(page)).toEqual([])
  await dialog.getByRole('button', { name: /^Zurücknehmen: Reservieren: Jassabend/ }).press('Enter')
  await expect(dialog.getByText('zurückgenommen')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
  await expect(chip(page, /· 2 warten$/)).toBeVisible()

  expect(await book(one.page, 'Vortrag', '19:00', '21:00')).toBe('accepted')
  await page.keyboard.press('n')
  await expect(field(page, 'Wo')).toBeFocused()
  await plug(two)
  await expect(chip(page, /^1 zu klären$/)).toBeVisible({ timeout: 60_000 })
  await expect(page.getByText(/^Bestätigt\. Reserviert: Probelektion/)).toBeVisible()
  await expect.poll(() => shown(page)).toEqual(['Probelektion', 'Vorstandssitzung', 'Vortrag'])
  // Somebody works here: the screen stays what it was.
  await expect(grid).toBeVisible()
  await expect(field(page, 'Wo')).toBeFocused()

  await page.keyboard.press('Escape')
  await expect(panel(page)).toBeHidden()
  await page.keyboard.press('0')
  const concern = card(page, 'Chorprobe')
  await expect(concern).toBeFocused()
  await expect(concern).toContainText('Nicht gebucht')
  await expect(concern).toContainText(/«Vortrag», Nummer \d+/)
  await expect(concern).toContainText('Kulturverein')
  await expect(concern).toContainText(/erfasst .* von Anna/)
  await expect(concern).toContainText(/Der andere Eintrag war um \d\d:\d\d/)
  await expect(concern.getByRole('region', { name: 'Anrufen' })).toContainText('+41 79 000 01 40')
  expect(await seriousHere(page)).toEqual([])
  const free = concern.getByRole('button', { name: /^Buchen: .* Aula$/ })
  await expect(free.first()).toBeVisible()
  await page.keyboard.press('1')
  await expect(page.getByText(/^Gebucht\. Reservieren: Chorprobe.*Nummer \d+$/)).toBeVisible()
  await expect(page.getByText('Es ist alles geklärt.')).toBeVisible()
  await expect
    .poll(() => shown(one.page))
    .toEqual(['Chorprobe', 'Probelektion', 'Vorstandssitzung', 'Vortrag'])
})

test('killed while the cable was out, a desk shows first what came to nothing meanwhile', async () => {
  test.setTimeout(180_000)
  await pull(two)
  await typeBooking(two.page, '12', '13:30', 'Mittagstisch')
  await two.page.keyboard.press('Control+Enter')
  await expect(two.page.getByTestId('read-back')).toContainText('Notiert, noch nicht gebucht')
  await typeBooking(two.page, '21', '22', 'Spieleabend')
  await two.page.keyboard.press('Control+Enter')
  await expect(two.page.getByTestId('read-back')).toContainText('Notiert, noch nicht gebucht')
  await until(two, ({ waiting }) => waiting === 2)
  await two.kill()
  expect(await book(one.page, 'Trauerfeier', '12:00', '14:00')).toBe('accepted')
  two.cable.heal()
  two = await two.again()
  const { page } = two
  const concern = card(page, 'Mittagstisch')
  await expect(concern).toBeVisible({ timeout: 60_000 })
  await expect.poll(() => shown(page)).toContain('Spieleabend')
  expect(await shown(page)).not.toContain('Mittagstisch')
  await concern.focus()
  await page.keyboard.press('w')
  await expect(page.getByText(/^Gebucht\. Reservieren|^Gemacht\.|Nummer \d+/).first()).toBeVisible()
  await expect(page.getByText('Es ist alles geklärt.')).toBeVisible()
  await expect
    .poll(
      async () => (await ask<readonly { title: string }[]>(one.page, 'request.queue', {})).length,
    )
    .toBe(1)
})

test('the settings tell the server, leave it with a word of what stays where, and join it again with a choice', async () => {
  test.setTimeout(180_000)
  const { page } = two
  await page.keyboard.press('9')
  await page.getByRole('button', { name: 'Datenbank', exact: true }).press('Enter')
  await page.getByRole('button', { name: 'Verbindung prüfen' }).press('Enter')
  await expect(page.getByText(/^Die Datenbank antwortet: PostgreSQL/)).toBeVisible()
  await page.getByRole('button', { name: 'Ändern' }).press('Enter')
  await expect(field(page, 'Passwort')).toHaveValue('')
  await field(page, 'Port').fill('9')
  await page.keyboard.press('Enter')
  await expect(page.getByText('Unter dieser Adresse antwortet niemand.')).toBeVisible()
  await field(page, 'Port').fill(String(addressVia(two).port))
  await field(page, 'Name dieses Schalters').fill('Empfang')
  await page.keyboard.press('Enter')
  await expect(page.getByText('Empfang', { exact: true })).toBeVisible({ timeout: 60_000 })
  await until(two, ({ mode }) => mode === 'connected')
  expect(await seriousHere(page)).toEqual([])
  await page.getByRole('button', { name: 'Sicherung' }).press('Enter')
  await expect(page.getByText(/Die Sicherungen macht, wer sie betreut/)).toBeVisible()

  await page.getByRole('button', { name: 'Datenbank', exact: true }).press('Enter')
  await page.getByRole('button', { name: /^Verbindung beenden/ }).press('Enter')
  const dialog = page.getByRole('dialog', { name: /verlassen\?$/ })
  await expect(dialog).toContainText('Was gesendet ist, bleibt dort')
  await expect(dialog).toContainText('in einem Ordner zur Seite gelegt')
  await page.keyboard.press('Enter')
  await expect(page.getByText('Dieser Schalter arbeitet wieder für sich allein.')).toBeVisible({
    timeout: 60_000,
  })

  // A municipality of its own, which joins the other: nothing is chosen for the clerk.
  await field(page, 'Name der Gemeinde').fill('Gemeinde Waldau')
  await page.keyboard.press('Enter')
  await expect(chip(page, /^Nur dieser Computer$/)).toBeVisible({ timeout: 60_000 })
  await chip(page, /^Nur dieser Computer$/).press('Enter')
  await expect(page.getByRole('button', { name: 'Mit Datenbank verbinden' })).toBeFocused()
  await page.keyboard.press('Enter')
  const address = addressVia(two)
  await field(page, 'Server').fill(address.host)
  await field(page, 'Port').fill(String(address.port))
  await field(page, 'Datenbank').fill(address.database)
  await field(page, 'Benutzer').fill(address.user)
  await field(page, 'Name dieses Schalters').fill('Schalter 2')
  await field(page, 'Verschlüsselt verbinden (TLS)').press('Space')
  await field(page, 'Server').press('Enter')
  await expect(page.getByText(/«Gemeinde Seedorf» ist hier zu Hause/)).toBeVisible()
  await page.getByRole('button', { name: 'Mitarbeiten' }).press('Enter')
  await expect(page.getByText('Wählen Sie, was damit geschieht.')).toBeVisible()
  expect(await seriousHere(page)).toEqual([])
  await page.getByRole('radio', { name: 'Bleibt hier' }).press('Space')
  await page.getByRole('button', { name: 'Mitarbeiten' }).press('Enter')
  await until(two, ({ phase, mode }) => phase === 'ready' && mode === 'connected')
  await expect(page.getByText(/Dieser Schalter arbeitet jetzt mit der gemeinsamen/)).toBeVisible()
  expect((await shown(page)).length).toBeGreaterThan(4)
  expect(await shown(page)).toEqual(await shown(one.page))
})
