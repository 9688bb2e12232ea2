/**
 * Window state: where the window was, so that it comes back there. A place that no screen shows any more is
 * forgotten. The zone is kept beside it, because it has to be known before the database is open.
 */
import { type BrowserWindow, type Rectangle, screen } from 'electron'
import * as z from 'zod'
import type { Log } from '../../core/ports.ts'
import { keep, readKept } from './keep.ts'

const pixels = z.int().min(-100_000).max(100_000)
export const windowState = z.object({
  bounds: z
    .object({ x: pixels, y: pixels, width: pixels.min(200), height: pixels.min(200) })
    .optional(),
  maximized: z.boolean().catch(false),
  /** The municipality's zone when the desk ran last. */
  zone: z.string().max(60).catch('Europe/Zurich'),
})
export type WindowState = z.infer<typeof windowState>

/** A title bar that shows less than this of itself cannot be caught with the mouse. */
const CATCHABLE_PX = 80

function isOnScreen(bounds: Rectangle): boolean {
  return screen.getAllDisplays().some(({ workArea }) => {
    const width =
      Math.min(bounds.x + bounds.width, workArea.x + workArea.width) -
      Math.max(bounds.x, workArea.x)
    return (
      width >= CATCHABLE_PX &&
      bounds.y >= workArea.y - 8 &&
      bounds.y < workArea.y + workArea.height - CATCHABLE_PX
    )
  })
}

export function readWindowState(path: string): WindowState {
  return readKept(path, windowState) ?? windowState.parse({})
}

export type Place = Readonly<{ bounds: Partial<Rectangle>; maximized: boolean }>

export function placeOf({ bounds, maximized }: WindowState): Place {
  return bounds && isOnScreen(bounds)
    ? { bounds, maximized }
    : { bounds: { width: 1280, height: 800 }, maximized }
}

export function rememberWindow(window: BrowserWindow, path: string, zone: string, log: Log): void {
  try {
    keep(path, { bounds: window.getNormalBounds(), maximized: window.isMaximized(), zone })
  } catch (error) {
    log.write('warn', 'the place of the window could not be written', { error })
  }
}
