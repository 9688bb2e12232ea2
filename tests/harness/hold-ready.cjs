// @ts-nocheck: it sets what Electron's types rightly do not offer to apps.
/**
 * Loaded into Electron before the desk: `ready` is held back until Playwright is attached and says so.
 *
 * Playwright waits for ever where a window appears while it attaches. It brings a loader against this, which
 * also changes thirty switches of Chromium; this one changes nothing but the moment.
 */
const { app } = require('electron')

// The desk sees the arguments it would see without this file.
const at = process.argv.indexOf(__filename)
if (at > 0) process.argv.splice(at - 1, 2)

const emit = app.emit.bind(app)
const whenReady = app.whenReady()
let attached = false
let readyArguments = []
let attach
const readyAndAttached = new Promise((resolve) => {
  attach = resolve
})

app.emit = (event, ...args) => {
  if (event !== 'ready' || attached) return emit(event, ...args)
  readyArguments = args
  return app.listenerCount('ready') > 0
}
app.isReady = () => attached
app.whenReady = () => readyAndAttached

/** Playwright calls this by name. */
globalThis.__playwright_run = async () => {
  await whenReady
  attached = true
  attach()
  emit('ready', ...readyArguments)
}
