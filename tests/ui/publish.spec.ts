/**
 * Publish: workflow 8 with the keyboard alone, a folder that cannot be written, what must not get out, and the
 * published page itself in a browser that knows nothing of the desk.
 */
import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import type { Desk } from '../../core/contract.ts'
import { uuid7 } from '../../core/domain/uuid.ts'
import { type LaunchedDesk, openBrowser } from '../harness/electron.ts'
import { expect, type Page, test } from '../harness/test.ts'
import { FOUNDING_MS, freeSlot, type Slot, sampleDesk } from './clerk.ts'
import { go, prefer } from './screens.ts'
import { countingKeyboard, hold } from './workflows.ts'

let desk: LaunchedDesk & { close(): Promise<void> }
let folder: string
let www: string
test.describe.configure({ mode: 'serial' })
test.beforeAll(async () => {
  test.setTimeout(FOUNDING_MS)
  folder = await mkdtemp(join(tmpdir(), 'allmend-www-'))
  www = join(folder, 'www')
  await mkdir(www)
  desk = await sampleDesk()
})
test.afterAll(async () => {
  await desk?.close()
  await rm(folder, { recursive: true, force: true })
})

const frame = (page: Page) => page.frameLocator('iframe')
const fileText = (name: string) => readFile(join(www, name), 'utf8')

function id(): string {
  return uuid7(Date.now(), crypto.getRandomValues(new Uint8Array(16)))
}

/** Books as the panel would, with a public title. */
async function book(page: Page, slot: Slot, title: string, publicTitle: string): Promise<string> {
  const token = id()
  const call = {
    id: id(),
    name: 'reservation.book',
    args: {
      token,
      resource: slot.hall.id,
      during: { start: slot.start, end: slot.end },
      places: 1,
      title,
      publicTitle,
      note: '',
      persons: null,
      person: { id: id(), name: 'Ruth Meier', organisation: '', phone: '044 555 12 34', email: '' },
    },
  }
  const reply = await page.evaluate(
    (given) => (window as unknown as { desk: Desk }).desk.invoke('dispatch', given),
    call,
  )
  expect(reply).toMatchObject({ ok: true, value: { status: 'accepted' } })
  return token
}

test('workflow 8: all halls are published with two presses and the name of a folder, by keyboard', async () => {
  const { page } = desk
  const complaints: string[] = []
  page.on('console', (message) => {
    if (/Content.Security|Refused|sandbox/i.test(message.text())) complaints.push(message.text())
  })
  await go(page, 'calendar/timeline/week')
  const { press, type, keys } = countingKeyboard(page)
  await press('7')
  await expect(page.getByLabel('Ordner')).toBeFocused()
  await type(www)
  // The citizen's page is there before anything is written.
  await expect(frame(page).getByRole('heading', { name: 'Alle Hallen' })).toBeVisible()
  expect(await readdir(www)).toEqual([])
  await press('Control+Enter')
  await expect(page.getByRole('button', { name: /Website.*publiziert \d/ })).toBeVisible()
  const names = await readdir(www)
  hold(8, keys(), 3)
  expect({
    pages: names.filter((name) => name.endsWith('.html')).length,
    feeds: names.filter((name) => name.endsWith('.ics')).length,
    data: names.includes('calendar.json'),
    halves: names.filter((name) => name.endsWith('.tmp')),
    complaints,
  }).toEqual({ pages: 12, feeds: 12, data: true, halves: [], complaints: [] })
})

test('the preview is the very file, of each hall too, and can run nothing', async () => {
  const { page } = desk
  await page.getByRole('combobox', { name: 'Seite der Vorschau' }).click()
  await page.getByRole('option', { name: 'Aula Zelgli', exact: true }).click()
  await expect(frame(page).getByRole('heading', { name: 'Aula Zelgli', level: 1 })).toBeVisible()
  const shown = page.locator('iframe')
  const path = (await shown.getAttribute('data-path')) ?? ''
  expect(await shown.getAttribute('srcdoc')).toBe(await fileText(path))
  expect(await shown.getAttribute('sandbox')).toBe('')
  await page.getByRole('combobox', { name: 'Seite der Vorschau' }).click()
  await page.getByRole('option', { name: 'Kalender (ICS): Aula Zelgli' }).click()
  await expect(page.getByLabel('Vorschau: Kalender (ICS): Aula Zelgli')).toContainText(
    'BEGIN:VCALENDAR',
  )
})

test('a booking shows what has changed since, and a private number in a public title stops it all', async () => {
  const { page } = desk
  await go(page, 'publish')
  const main = page.getByRole('main')
  await expect(main).toContainText('Nichts geändert seit dem letzten Mal')
  const slot = await freeSlot(page, 'Aula Zelgli')
  await book(page, slot, 'Geheime Feier', '')
  await expect(main).toContainText('1 Termin neu')
  await main.getByRole('button', { name: /^Publizieren/ }).press('Enter')
  await expect(main).toContainText('Nichts geändert seit dem letzten Mal')
  const data = await fileText('calendar.json')
  expect(data).not.toContain('Geheime Feier')

  await book(page, await freeSlot(page, 'Aula Zelgli', 1), 'Fest', 'Fest, Tel. 044 555 12 34')
  await expect(main.getByRole('alert')).toContainText('Würde 1 private Angabe zeigen')
  await expect(main.getByRole('alert')).toContainText(/Telefonnummer bei Reservation \d+/)
  await main.getByRole('button', { name: /^Publizieren/ }).press('Enter')
  await expect(main).toContainText('Nicht publiziert, weil Privates zu sehen wäre.')
  expect(await fileText('calendar.json')).toBe(data)
  await page.keyboard.press('Escape')
})

test('a folder that is not there gets a sentence, and what was typed stays', async () => {
  const { page } = desk
  await go(page, 'publish/new')
  const main = page.getByRole('main')
  await main.getByLabel('Name').fill('')
  await main.getByLabel('Ordner').fill('website')
  await page.keyboard.press('Control+Enter')
  await expect(main).toContainText('Wie heisst das Ziel?')
  await expect(main).toContainText('Der ganze Pfad, zum Beispiel')
  await main.getByLabel('Name').fill('Foyer')
  await main.getByLabel('Ordner').fill(join(folder, 'nirgends'))
  await main.getByLabel('Ordner').press('Control+Enter')
  await expect(main.getByRole('alert').first()).toContainText(
    `Den Ordner ${join(folder, 'nirgends')} gibt es nicht.`,
  )
  await expect(main.getByLabel('Name')).toHaveValue('Foyer')
  // Saved, and waiting for its folder.
  await expect(page.getByRole('button', { name: /Foyer.*noch nie publiziert/ })).toBeVisible()
  await main.getByRole('button', { name: 'Entfernen' }).click()
  await expect(page.getByRole('button', { name: /Foyer/ })).toHaveCount(0)
})

test('axe finds nothing serious on the screen, in four languages', async () => {
  const { page } = desk
  for (const language of ['fr-CH', 'it-CH', 'en', 'de-CH'] as const) {
    await prefer(page, { language })
    await go(page, 'publish')
    await expect(page.locator('iframe')).toBeVisible()
    const found = await new AxeBuilder({ page }).setLegacyMode(true).exclude('iframe').analyze()
    expect(
      found.violations
        .filter((each) => each.impact === 'serious' || each.impact === 'critical')
        .flatMap((each) => each.nodes.map((node) => `${each.id}: ${node.html.slice(0, 160)}`)),
    ).toEqual([])
  }
})

test('the published pages pass axe in a browser, wide and narrow, light and dark', async () => {
  const types: Readonly<Record<string, string>> = { '.html': 'text/html; charset=utf-8' }
  const server: Server = createServer((request, response) => {
    const name = new URL(request.url ?? '/', 'http://localhost').pathname.slice(1) || 'index.html'
    readFile(join(www, name)).then(
      (body) =>
        response.writeHead(200, { 'Content-Type': types[extname(name)] ?? 'text/plain' }).end(body),
      () => response.writeHead(404).end(),
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const browser = await openBrowser(`http://127.0.0.1:${port}/index.html`)
  try {
    const { page } = browser
    await expect(page.getByRole('heading', { name: 'Alle Hallen' })).toBeVisible()
    const hallPage = (await readdir(www)).filter((name) => name.endsWith('.html'))[0] as string
    // Contrast is a matter of the scheme and reflow one of the width: two of the four pairs show both.
    const pairs = [
      ['light', 1200],
      ['dark', 380],
    ] as const
    for (const path of ['index.html', hallPage]) {
      for (const [colorScheme, width] of pairs) {
        await page.emulateMedia({ colorScheme })
        await browser.app.evaluate(({ BrowserWindow }, wide) => {
          BrowserWindow.getAllWindows()[0]?.setContentSize(wide, 800)
        }, width)
        await page.goto(`http://127.0.0.1:${port}/${path}`)
        const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze()
        expect(
          violations.flatMap((each) =>
            each.nodes.map(
              (node) => `${path} ${colorScheme} ${width} ${each.id}: ${node.html.slice(0, 120)}`,
            ),
          ),
        ).toEqual([])
      }
    }
  } finally {
    await browser.quit()
    server.close()
  }
})
