/** Choose folder: the system's own dialog, the only way a page gets to name a folder or a file without typing it. */
import { type BrowserWindow, dialog } from 'electron'

export async function chooseFolder(window: BrowserWindow): Promise<string | null> {
  const { canceled, filePaths } = await dialog.showOpenDialog(window, {
    properties: ['openDirectory', 'createDirectory'],
  })
  return canceled ? null : (filePaths[0] ?? null)
}

export async function chooseCertificate(window: BrowserWindow): Promise<string | null> {
  const { canceled, filePaths } = await dialog.showOpenDialog(window, {
    properties: ['openFile'],
    filters: [{ name: 'PEM', extensions: ['pem', 'crt', 'cer'] }],
  })
  return canceled ? null : (filePaths[0] ?? null)
}
