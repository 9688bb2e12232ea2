// @ts-nocheck: it sets what Electron's types rightly do not offer to apps.
/**
 * Stands in the substitute runtime where Electron's own default app would: honours `-r MODULE`, takes the first
 * argument that is no flag as the folder of the app, names the app from its package.json and loads its `main`.
 */
const { app } = require('electron')
const { readFileSync, statSync } = require('node:fs')
const { join, resolve } = require('node:path')
const { pathToFileURL } = require('node:url')

const args = process.argv.slice(1)
let folder
const preload = []
for (let index = 0; index < args.length && folder === undefined; index++) {
  const arg = args[index]
  if (arg === '-r' || arg === '--require') preload.push(args[++index])
  else if (!arg.startsWith('-')) folder = resolve(arg)
}
for (const module of preload) require(module)

if (folder === undefined) {
  process.stderr.write('Give the folder of an app.\n')
  app.exit(1)
} else {
  let main = folder
  if (statSync(folder).isDirectory()) {
    const description = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
    if (description.productName || description.name)
      app.setName(description.productName || description.name)
    if (description.version) app.setVersion(description.version)
    app.setAppPath(folder)
    main = join(folder, description.main || 'index.js')
  }
  process.defaultApp = true
  if (main.endsWith('.cjs')) require(main)
  else import(pathToFileURL(main).href)
}
