/**
 * Printing: from the rows of a target to its files, looked at or written. It asks nothing of the database and may run in
 * any thread; what it is given and what it answers are plain data.
 */
import type { PublishPreview, PublishProblem } from '../contract.ts'
import { type Edition, makeEdition } from './edition.ts'
import { type Difference, difference, FolderProblem, write } from './folder.ts'
import type { Source } from './source.ts'

/** What stands in the way, or null where everything is written. */
export type Printed = Readonly<{ problem: PublishProblem | null }>

export interface Printing {
  /** Everything as it would go out, and nothing written; `page` is the file to show. */
  preview(source: Source, page: string): Promise<PublishPreview>
  print(source: Source): Promise<Printed>
  close(): Promise<void>
}

const NO_CHANGE: Difference = { fresh: [], stale: [], added: 0, removed: 0, changed: 0 }

/** Of a folder; anything else is a fault of ours. */
function problemOf(error: unknown): PublishProblem {
  if (error instanceof FolderProblem) return error.problem
  throw error
}

function told({ calendar, files, leaks }: Edition, page: string) {
  const shown = files.find((file) => file.path === page) ?? files[0]
  return (found: Difference, problem: PublishProblem | null): PublishPreview => ({
    files: files.map(({ path, text }) => ({
      path,
      bytes: Buffer.byteLength(text),
      name: calendar.halls.find((hall) => path.startsWith(`${hall.file}.`))?.name ?? '',
      fresh: found.fresh.some((file) => file.path === path),
    })),
    shown: shown ? { path: shown.path, text: shown.text } : { path: '', text: '' },
    events: calendar.events.length,
    leaks: leaks.map(({ path, kind, number }) => ({ path, kind, number })),
    stale: found.stale.length,
    added: found.added,
    removed: found.removed,
    changed: found.changed,
    problem,
  })
}

/** In this thread. */
export const printingHere: Printing = {
  async preview(source, page) {
    const edition = await makeEdition(source)
    const tell = told(edition, page)
    const { folder } = source.target
    if (!folder) return tell(NO_CHANGE, null)
    try {
      return tell(await difference(folder, edition.files), null)
    } catch (error) {
      return tell(NO_CHANGE, problemOf(error))
    }
  },

  async print(source) {
    const { files, leaks } = await makeEdition(source)
    const [leak] = leaks
    if (leak) return { problem: { code: 'leak', detail: `${leak.kind} ${leak.number}` } }
    const { folder } = source.target
    try {
      await write(folder, await difference(folder, files))
      return { problem: null }
    } catch (error) {
      return { problem: problemOf(error) }
    }
  },

  async close() {},
}
