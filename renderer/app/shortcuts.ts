/**
 * Shortcuts: turns a key press into an action of the list.
 *
 * Promises that a single letter does nothing while the clerk types, that Ctrl+Z in a field stays the field's own,
 * and that nothing happens behind an open dialog.
 */
import { type Action, actions } from './actions.ts'

export function pressed(event: KeyboardEvent): string {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key
  const parts = []
  if (event.ctrlKey || event.metaKey) parts.push('Ctrl')
  if (event.altKey) parts.push('Alt')
  // Shift is part of the sign itself for `?` and `/` on Swiss layouts.
  if (event.shiftKey && (parts.length > 0 || key.length > 1)) parts.push('Shift')
  return [...parts, key].join('+')
}

export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target.isContentEditable) return true
  if (target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true
  return (
    target instanceof HTMLInputElement &&
    !['checkbox', 'radio', 'button', 'submit', 'range'].includes(target.type)
  )
}

function inDialog(target: EventTarget | null): boolean {
  return document.querySelector('[aria-modal="true"]') !== null || !(target instanceof Node)
}

export function actionFor(event: KeyboardEvent): Action | undefined {
  if (event.defaultPrevented || event.isComposing || inDialog(event.target)) return undefined
  const keys = pressed(event)
  const typing = isTyping(event.target)
  return actions.find((action) => action.keys.includes(keys) && (!typing || action.whileTyping))
}

export function listenForShortcuts(): () => void {
  const onKey = (event: KeyboardEvent) => {
    const action = actionFor(event)
    if (!action) return
    event.preventDefault()
    action.run()
  }
  window.addEventListener('keydown', onKey)
  return () => window.removeEventListener('keydown', onKey)
}
