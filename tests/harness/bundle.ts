/** One file of plain JavaScript from a program of ours, so that many processes of it start in a moment each. */
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { build } from 'vite'
import { root } from '../../electron/start/folders.mjs'

export interface Bundle {
  readonly file: string
  remove(): Promise<void>
}

export async function bundled(program: string): Promise<Bundle> {
  const outDir = await mkdtemp(path.join(tmpdir(), 'allmend-bundle-'))
  await build({
    configFile: false,
    logLevel: 'silent',
    build: { ssr: program, outDir, emptyOutDir: false, minify: false },
    ssr: { noExternal: true, external: ['pg-native'] },
  })
  const file = (await readdir(outDir)).find((name) => /\.m?js$/.test(name)) ?? ''
  return { file: path.join(outDir, file), remove: () => rm(outDir, { recursive: true }) }
}

/** The same of a program that opens an embedded database, with its thread beside it. */
export async function bundledWithDatabase(program: string): Promise<Bundle> {
  // Inside the tree, where the packages that are no plain JavaScript are found.
  const scratch = path.join(root, '.allmend')
  await mkdir(scratch, { recursive: true })
  const outDir = await mkdtemp(path.join(scratch, 'bundle-'))
  await build({
    configFile: false,
    logLevel: 'silent',
    build: {
      ssr: true,
      outDir,
      emptyOutDir: false,
      minify: false,
      rollupOptions: {
        input: { program, 'pglite-worker': path.join(root, 'core/store/pglite-worker.ts') },
        output: { format: 'es', entryFileNames: '[name].mjs', chunkFileNames: '[name].mjs' },
      },
    },
    ssr: { noExternal: true, external: ['pg-native', '@electric-sql/pglite'] },
  })
  return {
    file: path.join(outDir, 'program.mjs'),
    remove: () => rm(outDir, { recursive: true }),
  }
}
