/** One file of plain JavaScript from a program of ours, so that many processes of it start in a moment each. */
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { build } from 'vite'

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
