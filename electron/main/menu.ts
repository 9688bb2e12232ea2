/**
 * Menu: the desk has its own top bar, so the system's menu holds only what macOS needs; editing works by right
 * click and zooming by keyboard, as everywhere.
 */
import { type BrowserWindow, Menu, type MenuItemConstructorOptions } from 'electron'
import type { Say } from './words.ts'

const LARGEST_ZOOM = 3
const SMALLEST_ZOOM = -3

export function setMenu(): void {
  Menu.setApplicationMenu(
    process.platform === 'darwin'
      ? Menu.buildFromTemplate([{ role: 'appMenu' }, { role: 'editMenu' }, { role: 'windowMenu' }])
      : null,
  )
}

/** Cut, copy and paste where there is text; nothing elsewhere. */
export function offerEditing(window: BrowserWindow, say: Say): void {
  window.webContents.on('context-menu', (_, { isEditable, editFlags, selectionText }) => {
    const items: MenuItemConstructorOptions[] = []
    if (isEditable) {
      items.push(
        { label: say('undo'), role: 'undo', enabled: editFlags.canUndo },
        { type: 'separator' },
        { label: say('cut'), role: 'cut', enabled: editFlags.canCut },
      )
    }
    if (isEditable || selectionText.trim()) {
      items.push({ label: say('copy'), role: 'copy', enabled: editFlags.canCopy })
    }
    if (isEditable) {
      items.push(
        { label: say('paste'), role: 'paste', enabled: editFlags.canPaste },
        { type: 'separator' },
        { label: say('selectAll'), role: 'selectAll', enabled: editFlags.canSelectAll },
      )
    }
    if (items.length > 0) Menu.buildFromTemplate(items).popup({ window })
  })
}

export function offerZoom(window: BrowserWindow): void {
  window.webContents.on('before-input-event', (event, { type, key, control, meta, alt }) => {
    if (type !== 'keyDown' || alt || !(process.platform === 'darwin' ? meta : control)) return
    const contents = window.webContents
    const level = contents.getZoomLevel()
    if (key === '+' || key === '=') contents.setZoomLevel(Math.min(level + 0.5, LARGEST_ZOOM))
    else if (key === '-') contents.setZoomLevel(Math.max(level - 0.5, SMALLEST_ZOOM))
    else if (key === '0') contents.setZoomLevel(0)
    else return
    event.preventDefault()
  })
}

/** For those who carry on: the developer tools, which no released build can open. */
export function offerDeveloperTools(window: BrowserWindow): void {
  window.webContents.on('before-input-event', (_, { type, key }) => {
    if (type === 'keyDown' && key === 'F12') window.webContents.toggleDevTools()
  })
}
