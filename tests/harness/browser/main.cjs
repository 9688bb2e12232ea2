/**
 * A browser for tests: one window without any powers that shows the address it is given. It stands for the
 * browser of a machine that has none installed.
 */
const { app, BrowserWindow } = require('electron')

const address = process.argv.find((arg) => arg.startsWith('http://')) ?? 'about:blank'
if (process.env.BROWSER_PROFILE) app.setPath('userData', process.env.BROWSER_PROFILE)
app.whenReady().then(() => new BrowserWindow({ width: 1280, height: 800 }).loadURL(address))
