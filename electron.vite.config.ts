import { resolve } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'

const root = import.meta.dirname

/**
 * One build that runs on the pinned Electron and on the older substitute. Everything is bundled into main but
 * PGlite, which finds its WASM beside its own code, and what only pg's optional native driver would want.
 */
const mainSide = {
  target: 'node20',
  externalizeDeps: false,
  minify: false,
  sourcemap: true,
} as const

export default defineConfig({
  main: {
    build: {
      ...mainSide,
      outDir: 'out/main',
      rollupOptions: {
        external: ['electron', /^node:/, /^@electric-sql\/pglite/, 'pg-native'],
        input: {
          index: resolve(root, 'electron/main/index.ts'),
          web: resolve(root, 'electron/web/index.ts'),
          cli: resolve(root, 'electron/cli/index.ts'),
          'pglite-worker': resolve(root, 'core/store/pglite-worker.ts'),
          'printing-worker': resolve(root, 'core/press/printing-worker.ts'),
        },
        output: {
          format: 'cjs',
          entryFileNames: '[name].cjs',
          chunkFileNames: '[name]-[hash].cjs',
        },
      },
    },
  },
  preload: {
    build: {
      ...mainSide,
      outDir: 'out/preload',
      rollupOptions: {
        external: ['electron'],
        input: resolve(root, 'electron/preload/index.ts'),
        output: { format: 'cjs', entryFileNames: 'index.cjs' },
      },
    },
  },
  renderer: {
    root: 'renderer',
    plugins: [react()],
    build: {
      target: 'chrome130',
      // Read from disk at every start: half the bytes are half the parsing.
      minify: true,
      outDir: resolve(root, 'out/renderer'),
      // The content policy allows fonts from our own origin only, so none may become a data: address.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rollupOptions: {
        input: resolve(root, 'renderer/index.html'),
        output: {
          codeSplitting: {
            groups: [
              // What several screens share, in one file: each file is a question to main, which is busy at a start. Zod
              // is needed by forms only: a start does without.
              { name: 'kit', test: /node_modules[\\/](?!zod)/, minShareCount: 2 },
            ],
          },
        },
      },
    },
  },
})
