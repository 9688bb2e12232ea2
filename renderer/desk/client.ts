/**
 * Client: the one way from a screen to the core.
 *
 * Promises a `Desk`, whether the preload script put one on the window (Electron) or the page was served over
 * loopback (browser). Never throws for an answer of the core: errors arrive as data.
 */
import type { Desk } from '../../core/contract.ts'
import { connectSocket } from './socket.ts'

declare global {
  interface Window {
    /** Set by the preload script; absent in a browser. */
    desk?: Desk
  }
}

export const desk: Desk = window.desk ?? connectSocket(window.location)
