/** Backup: made with one press, and the way back told before it is taken. */
import { readdir } from 'node:fs/promises'
import type { LaunchedDesk } from '../harness/electron.ts'
import { expect, test } from '../harness/test.ts'
import { FOUNDING_MS, freeSlot, readBack, sampleDesk, typeBooking } from './clerk.ts'
import { go } from './screens.ts'

let desk: LaunchedDesk & { close(): Promise<void> }
test.beforeAll(async () => {
  test.setTimeout(FOUNDING_MS)
  desk = await sampleDesk()
})
test.afterAll(() => desk?.close())

test('a backup is made, a booking follows, and restoring tells what it undoes and sets it aside', async () => {
  const { page, data } = desk
  await go(page, 'settings/backup')
  const main = page.getByRole('main')
  await expect(main).toContainText('Noch keine Sicherung.')
  await page.getByRole('button', { name: 'Jetzt sichern' }).press('Enter')
  await expect(main.getByRole('button', { name: /Sicherung vom .* wiederherstellen/ })).toHaveCount(
    1,
  )

  await go(page, 'calendar/timeline/week')
  const slot = await freeSlot(page, 'Mehrzwecksaal')
  await typeBooking(page, slot, 'Wird verschwinden', 'Ruth Meier')
  await page.keyboard.press('Control+Enter')
  const number = await readBack(page)

  await go(page, 'settings/backup')
  await main.getByRole('button', { name: /Sicherung vom .* wiederherstellen/ }).press('Enter')
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('Das würde 1 Änderung seit')
  await expect(dialog).toContainText('wird zur Seite gelegt und nicht gelöscht')
  await dialog.getByRole('button', { name: 'Wiederherstellen' }).press('Enter')
  await expect(page.getByText(/Die Sicherung ist wiederhergestellt/)).toBeVisible()

  await page.keyboard.press('Control+k')
  await page.getByRole('combobox', { name: /Reservation, Person/ }).fill('Wird verschwinden')
  await expect(page.getByText('Nichts gefunden')).toBeVisible()
  expect(number).toBeGreaterThan(0)
  const aside = (await readdir(data)).filter((name) => name.startsWith('before-restore-'))
  expect(aside).toHaveLength(1)
})
