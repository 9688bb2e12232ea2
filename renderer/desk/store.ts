/**
 * Store: view state only, what the clerk is looking at and not what is true.
 *
 * Promises that the route survives a restart (kept in the preferences) and that a screen is found again as it was
 * left. Nothing that belongs in the database is ever kept here.
 */
import { create } from 'zustand'
import type { ArgsOf, CommandName } from '../../core/commands/calls.ts'
import type { Instant, Uuid } from '../../core/domain/time.ts'
import { type Screen, screenOf } from './route.ts'
import { changePreferences } from './usePreferences.ts'

/** A free time the clerk pointed at; absent parts are asked in the panel. */
export type Wish = Readonly<{ resource?: Uuid; start?: Instant; end?: Instant }>

/** A command of this session, for undo and redo. `result` undefined: it was noted, and nobody had decided it. */
export type Done = Readonly<{
  [N in CommandName]: Readonly<{ id: Uuid; name: N; args: ArgsOf<N>; result: unknown }>
}>[CommandName]

export interface View {
  /** Without a leading slash; the screen owns everything after its own name. */
  route: string
  /** The route each screen was left with. */
  left: Readonly<Partial<Record<Screen, string>>>
  selected: Uuid | null
  /** The booking panel: closed, or open with what it was opened for. */
  booking: Readonly<{ open: false }> | Readonly<{ open: true; wish: Wish | null; opened: number }>
  /** Commands of this session that can be undone, oldest first, and those undone, oldest first. */
  done: readonly Done[]
  undone: readonly Readonly<{ undo: Uuid; of: Done }>[]
  cheatSheet: boolean
  palette: boolean

  go(route: string): void
  show(screen: Screen): void
  select(token: Uuid | null): void
  openBooking(wish?: Wish | null): void
  closeBooking(): void
  toggleCheatSheet(open: boolean): void
  togglePalette(open: boolean): void
}

/** How many steps back: as many as a clerk could still remember. */
export const STEPS_BACK = 50
/** The route is written when it has rested this long, so that leafing through weeks writes once. */
const ROUTE_RESTS_MS = 400

let writing: ReturnType<typeof setTimeout> | undefined
function keepRoute(route: string): void {
  clearTimeout(writing)
  writing = setTimeout(() => changePreferences({ route }), ROUTE_RESTS_MS)
}

export const useView = create<View>((set, get) => ({
  route: 'calendar',
  left: {},
  selected: null,
  booking: { open: false },
  done: [],
  undone: [],
  cheatSheet: false,
  palette: false,

  go(route) {
    if (route === get().route) return
    set((view) => ({ route, left: { ...view.left, [screenOf(route)]: route } }))
    keepRoute(route)
  },
  show(screen) {
    get().go(get().left[screen] ?? screen)
  },
  select(token) {
    set({ selected: token })
  },
  openBooking(wish = null) {
    set({ booking: { open: true, wish, opened: Date.now() } })
  },
  closeBooking() {
    set({ booking: { open: false } })
  },
  toggleCheatSheet(open) {
    set({ cheatSheet: open })
  },
  togglePalette(open) {
    set({ palette: open })
  },
}))
