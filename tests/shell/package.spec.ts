import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import { root } from '../../electron/start/folders.mjs'
import { machineFlags } from '../../electron/start/sandbox.mjs'
import { scratchFolder } from '../harness/electron.ts'
import { expect, test } from '../harness/test.ts'

test.skip(process.platform !== 'linux', 'The unpacked program lies elsewhere on other systems.')
test.setTimeout(300_000)

let folder = ''
test.beforeAll(async () => {
  folder = await scratchFolder()
})
test.afterAll(() => rm(folder, { recursive: true, force: true }))

test('the packaged desk is locked by its fuses, opens its data and closes them', async () => {
  const script = join(root, 'electron', 'start', 'package.mjs')
  const packing = spawn(process.execPath, [script, '--dir', `-c.directories.output=${folder}`], {
    cwd: root,
  })
  let said = ''
  packing.stdout.on('data', (chunk) => {
    said += chunk
  })
  packing.stderr.on('data', (chunk) => {
    said += chunk
  })
  const [code] = await once(packing, 'close')
  expect(code, said).toBe(0)

  const unpacked = join(folder, 'linux-unpacked')
  const program = join(unpacked, 'allmend')
  const wire = await getCurrentFuseWire(program)
  const on = (fuse: FuseV1Options) => wire[fuse] === FuseState.ENABLE
  expect({
    runAsNode: on(FuseV1Options.RunAsNode),
    nodeOptions: on(FuseV1Options.EnableNodeOptionsEnvironmentVariable),
    inspect: on(FuseV1Options.EnableNodeCliInspectArguments),
    cookies: on(FuseV1Options.EnableCookieEncryption),
    integrity: on(FuseV1Options.EnableEmbeddedAsarIntegrityValidation),
    onlyAsar: on(FuseV1Options.OnlyLoadAppFromAsar),
    loose: existsSync(join(unpacked, 'resources', 'app')),
  }).toEqual({
    runAsNode: false,
    nodeOptions: false,
    inspect: false,
    cookies: true,
    integrity: true,
    onlyAsar: true,
    loose: false,
  })

  const data = join(folder, 'data')
  const desk = spawn(program, [...machineFlags(unpacked), '--data', data], { stdio: 'ignore' })
  const ended = once(desk, 'close')
  const messages = () => {
    try {
      return readFileSync(join(data, 'logs', 'allmend.log'), 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line))
        .filter(({ level }) => level !== 'debug')
        .map(({ message }) => message)
    } catch {
      return []
    }
  }
  while (!messages().includes('opened') && desk.exitCode === null) await wait(200)
  desk.kill('SIGTERM')
  const [left] = await ended
  expect({ left, messages: messages() }).toEqual({
    left: 0,
    messages: ['starting', 'opened', 'closed'],
  })
})
