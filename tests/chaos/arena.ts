/** Arena: what all runs of chaos share and what takes time to make: a server of their own, and the program of a desk. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { embeddedBinaries } from '../harness/binaries.ts'
import { bundledWithDatabase } from '../harness/bundle.ts'
import { type Kind, kindsOfDatabase, preparedForTests } from '../harness/kinds.ts'
import { startServer } from '../harness/servers.ts'

export interface Arena {
  readonly kind: Kind
  /** A desk as one file, and the database it begins with. */
  readonly program: string
  readonly prepared: string
  /** For what desks write. */
  readonly folder: string
  /** Stops the server in the middle of everything, and starts it again. Those who ask meanwhile share one crash. */
  crash(): Promise<void>
  close(): Promise<void>
}

const DESK = fileURLToPath(new URL('desk.ts', import.meta.url))

export async function openArena(): Promise<Arena> {
  const [prepared, program, server, folder] = await Promise.all([
    preparedForTests(),
    bundledWithDatabase(DESK),
    startServer(embeddedBinaries(), { durable: 'crash' }),
    mkdtemp(join(tmpdir(), 'allmend-chaos-')),
  ])
  const kind = kindsOfDatabase({ urlOf: async () => server.url }).find(
    ({ id }) => id === 'embedded',
  ) as Kind
  let crashing: Promise<void> | undefined
  return {
    kind,
    program: program.file,
    prepared,
    folder,
    crash() {
      crashing ??= server.crash().finally(() => {
        crashing = undefined
      })
      return crashing
    },
    async close() {
      await server.stop()
      await program.remove()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
