/**
 * Called by electron-builder between unpacking Electron and making installers: takes out the little app with
 * which the substitute runtime stands in for Electron's default one. A packaged desk holds its own app only.
 */
import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { MARKER } from './runtime/substitute.mjs'

/** @param {{ appOutDir: string }} context */
export default async function afterPack({ appOutDir }) {
  if (existsSync(join(appOutDir, MARKER))) {
    rmSync(join(appOutDir, 'resources', 'app'), { recursive: true, force: true })
  }
}
