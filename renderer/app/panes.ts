/**
 * Panes: F6 walks through the parts of the window, in the order of reading.
 *
 * Promises that focus lands on something visible: the thing last focused in the pane, else its first control,
 * else the pane itself.
 */
const FOCUSABLE =
  '[data-pane-focus], a[href], button:not(:disabled), input:not(:disabled), select, textarea, [tabindex="0"]'

const last = new WeakMap<Element, HTMLElement>()

/** Remembers where the focus was in each pane. Returns the way to stop. */
export function watchFocus(): () => void {
  const remember = (event: FocusEvent) => {
    if (!(event.target instanceof HTMLElement)) return
    const pane = event.target.closest('[data-pane]')
    if (pane) last.set(pane, event.target)
  }
  document.addEventListener('focusin', remember)
  return () => document.removeEventListener('focusin', remember)
}

export function nextPane(step: 1 | -1): void {
  const panes = [...document.querySelectorAll<HTMLElement>('[data-pane]')].filter(
    (pane) => pane.offsetParent !== null,
  )
  if (panes.length === 0) return
  const current = panes.findIndex((pane) => pane.contains(document.activeElement))
  const next = current < 0 ? (step > 0 ? 0 : panes.length - 1) : current + step
  focusPane(panes[(next + panes.length) % panes.length])
}

export function focusPane(pane: HTMLElement | undefined | null): void {
  if (!pane) return
  const before = last.get(pane)
  const target = before?.isConnected ? before : pane.querySelector<HTMLElement>(FOCUSABLE)
  if (target) target.focus()
  else {
    pane.tabIndex = -1
    pane.focus()
  }
}

export function paneOf(name: string): HTMLElement | null {
  return document.querySelector<HTMLElement>(`[data-pane="${name}"]`)
}
