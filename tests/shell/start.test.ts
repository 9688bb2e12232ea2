import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ensureDataFolder } from '../../electron/start/data.mjs'
import { readFlags } from '../../electron/start/flags.mjs'
import { root } from '../../electron/start/folders.mjs'

const script = join(root, 'electron', 'start', 'start.mjs')

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'allmend-start-'))
  writeFileSync(join(folder, 'file'), 'a letter')
  mkdirSync(join(folder, 'old'))
  writeFileSync(join(folder, 'old', 'journal.ndjson'), 'something')
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function start(...args: string[]) {
  // A display that is not there: nothing may come so far as to want it.
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, DISPLAY: ':none', INIT_CWD: folder },
  })
  return { status, stdout, said: stderr.trim().split('\n') }
}

describe('npm start', () => {
  it.each([
    [['--demmo'], 'There is no flag --demmo; --help lists all flags.'],
    [['demo'], 'There is no flag demo; --help lists all flags.'],
    [['--demo=yes'], '--demo takes no value; --help lists all flags.'],
    [['--data'], '--data needs a value after it; --help lists all flags.'],
    [['--data', '--web'], '--data needs a value after it; --help lists all flags.'],
    [['--web', '--port', 'http'], '--port needs a number from 1 to 65535, not http.'],
    [['--web', '--port', '0'], '--port needs a number from 1 to 65535, not 0.'],
    [['--web', '--port=70000'], '--port needs a number from 1 to 65535, not 70000.'],
    [['--web', '--port', '-1'], '--port needs a number from 1 to 65535, not -1.'],
  ])('names what is wrong in one sentence: %j', (args, sentence) => {
    expect(start(...args)).toEqual({ status: 1, stdout: '', said: [sentence] })
  })

  it('says in one sentence that the data folder is a file, and leaves the file alone', () => {
    expect([start('--data', 'file'), start('--data', 'file/inside')]).toEqual([
      {
        status: 1,
        stdout: '',
        said: [`${join(folder, 'file')} is a file: --data needs a folder.`],
      },
      {
        status: 1,
        stdout: '',
        said: [
          `${join(folder, 'file', 'inside')} cannot be a folder, because there is a file in the way: name another one with --data.`,
        ],
      },
    ])
  })

  it('lists its flags', () => {
    const { status, stdout } = start('--help')
    expect([
      status,
      ['--demo', '--data', '--web', '--port'].filter((flag) => !stdout.includes(flag)),
    ]).toEqual([0, []])
  })

  it('understands both ways of giving a value', () => {
    const flags = { demo: true, data: '/x y', web: true, port: 4000, help: false }
    expect([
      readFlags(['--demo', '--web', '--data', '/x y', '--port', '4000']),
      readFlags(['--web', '--data=/x y', '--port=4000', '--demo']),
    ]).toEqual([flags, flags])
  })
})

describe('the data folder', () => {
  it('is made where it is missing, below the folder in which the command was typed', () => {
    process.env.INIT_CWD = folder
    expect([ensureDataFolder('new/deep'), readdirSync(join(folder, 'new', 'deep'))]).toEqual([
      join(folder, 'new', 'deep'),
      [],
    ])
  })

  it('is only looked at where there is something in it', () => {
    ensureDataFolder(join(folder, 'old'))
    expect(readdirSync(join(folder, 'old'))).toEqual(['journal.ndjson'])
  })

  it.runIf(process.platform === 'linux')('is refused in words where the system has none', () => {
    expect(() => ensureDataFolder('/proc/allmend')).toThrow(
      /^The data folder \/proc\/allmend (cannot be made there|may not be written): /,
    )
  })
})
