/** Edition: all files of a target as they would go out now, checked for what must not. */
import { setImmediate as breathe } from 'node:timers/promises'
import type { PublishTarget } from '../domain/publish-target.ts'
import type { Instant } from '../domain/time.ts'
import { publicFiles } from '../publish/files.ts'
import { type Leak, LeakCheck } from '../publish/leaks.ts'
import type { PublicCalendar } from '../publish/public-calendar.ts'
import type { Database } from '../store/database.ts'
import type { FinishedFile } from './folder.ts'
import { readSource } from './source.ts'

export interface Edition {
  readonly calendar: PublicCalendar
  readonly files: readonly FinishedFile[]
  readonly leaks: readonly Leak[]
}

/** One file after the other, with room for whoever waits between two of them. */
export async function makeEdition(
  database: Database,
  target: PublishTarget,
  now: Instant,
): Promise<Edition> {
  const { calendar, secrets } = await readSource(database, target, now)
  const check = new LeakCheck(secrets, calendar)
  const files: FinishedFile[] = []
  const leaks: Leak[] = []
  for (const { path, make } of publicFiles(calendar)) {
    const text = make()
    files.push({ path, text })
    leaks.push(...check.find(path, text))
    await breathe()
  }
  return { calendar, files, leaks }
}
