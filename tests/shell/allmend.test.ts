/** The command line on a real data folder: what it says, what it writes and how it ends. */
import { spawn } from 'node:child_process'
import { chmod, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { ArgsOf } from '../../core/commands/calls.ts'
import { type Core, createCore } from '../../core/core.ts'
import { root } from '../../electron/start/folders.mjs'
import { idOf } from '../harness/authority.ts'
import { preparedForTests } from '../harness/kinds.ts'
import { testPorts } from '../harness/ports.ts'

let folder: string
let data: string
let www: string
/** As root nothing is forbidden. */
const isRoot = process.getuid?.() === 0

const openDesk = async (): Promise<Core> => {
  const core = createCore(testPorts(), {
    dataFolder: data,
    preparedImage: await preparedForTests(),
    actor: () => 'Frau Egli',
  })
  await core.opened
  return core
}
const target = (
  name: string,
  more: Partial<ArgsOf<'publish.target.save'>> = {},
): ArgsOf<'publish.target.save'> => ({
  id: idOf(name),
  name,
  folder: www,
  halls: null,
  daysBack: 7,
  daysAhead: 60,
  detail: 'title',
  language: 'de-CH',
  automatic: false,
  ...more,
})

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'allmend-cli-'))
  data = join(folder, 'data')
  www = join(folder, 'www')
  await mkdir(www)
  const core = await openDesk()
  await core.found('empty', 'Musterwil')
  const save = (args: ArgsOf<'publish.target.save'>) =>
    core.dispatch({ id: idOf(`save ${args.name}`), name: 'publish.target.save', args })
  await save(target('Website'))
  await save(target('Foyer', { folder: join(folder, 'unplugged') }))
  await core.close()
})
afterAll(() => rm(folder, { recursive: true, force: true }))

function allmend(...args: string[]): Promise<{ code: number | null; said: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(root, 'electron', 'start', 'allmend.mjs'), ...args])
    let said = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk) => {
        said += chunk
      })
    }
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, said: said.trim().split('\n').at(-1) ?? '' }))
  })
}

it('a dry run tells what would be written, and writes nothing', async () => {
  const dry = await allmend('publish', '--target', 'website', '--dry-run', '--data', data)
  expect({ ...dry, names: await readdir(www) }).toEqual({
    code: 0,
    said: 'Website: 3 of 3 files would be written; 0 dates new, 0 gone, 0 changed.',
    names: [],
  })
})

it('publishes, and the second time has nothing to do', async () => {
  const first = await allmend('publish', '--target=Website', '--data', data)
  const second = await allmend('publish', '--target', 'Website', '--data', data)
  expect({ first, second, names: (await readdir(www)).sort() }).toEqual({
    first: {
      code: 0,
      said: `Website: 3 of 3 files written to ${www}; 0 dates new, 0 gone, 0 changed.`,
    },
    second: { code: 0, said: 'Website: nothing has changed since it was last published.' },
    names: ['calendar.ics', 'calendar.json', 'index.html'],
  })
})

it('says in one sentence what is in the way, and ends with 1', async () => {
  expect(await allmend('publish', '--target', 'Foyer', '--data', data)).toEqual({
    code: 1,
    said: `Foyer: there is no folder ${join(folder, 'unplugged')}; it is never made, because it may be a drive that is not there.`,
  })
})

it.skipIf(isRoot)('a folder that may not be written is one of these', async () => {
  const locked = join(folder, 'unplugged')
  await mkdir(locked)
  await chmod(locked, 0o500)
  expect(await allmend('publish', '--target', 'Foyer', '--data', data)).toEqual({
    code: 1,
    said: `Foyer: this user may not write ${locked}.`,
  })
  await chmod(locked, 0o700)
  await rm(locked, { recursive: true })
})

it('wrong words and unknown targets end with 2, each named', async () => {
  const lines = await Promise.all([
    allmend('publish', '--data', data),
    allmend('publish', '--target'),
    allmend('print', '--target', 'Website'),
    allmend('publish', '--target', 'Website', '--quickly'),
  ])
  const unknown = await allmend('publish', '--target', 'Intranet', '--data', data)
  expect([...lines, unknown]).toEqual([
    { code: 2, said: 'Name a target with --target, or say --all; --help tells what there is.' },
    { code: 2, said: '--target needs a value after it; --help tells what there is.' },
    { code: 2, said: 'There is no command print; --help tells what there is.' },
    { code: 2, said: '--quickly is not understood; --help tells what there is.' },
    { code: 2, said: 'There is no target Intranet; there are: Website, Foyer.' },
  ])
})

it('data that is not there, or that a desk holds open, ends with 3 and is left alone', async () => {
  const nowhere = await allmend('publish', '--all', '--data', join(folder, 'nowhere'))
  const core = await openDesk()
  const held = await allmend('publish', '--target', 'Website', '--data', data)
  await core.close()
  expect({ nowhere, held, made: (await readdir(folder)).includes('nowhere') }).toEqual({
    nowhere: {
      code: 3,
      said: `There is no desk in ${join(folder, 'nowhere')}: name its folder with --data.`,
    },
    held: { code: 3, said: expect.stringMatching(/^The data in .* is in use by another Allmend/) },
    made: false,
  })
})

it('db asks for what to do and where, and says when nobody answers', async () => {
  const lines = await Promise.all([
    allmend('db'),
    allmend('db', 'prepare'),
    allmend('db', 'drop', '--database', 'postgresql://127.0.0.1/x'),
    allmend('db', 'check', '--database', 'mysql://127.0.0.1/x'),
    allmend('db', 'check', '--database', 'postgresql://anna:secret@127.0.0.1:9/x'),
  ])
  expect(lines).toEqual([
    { code: 2, said: 'Say prepare, check or status after db; --help tells what there is.' },
    { code: 2, said: 'Name the database with --database; --help tells what there is.' },
    { code: 2, said: 'db knows no drop; --help tells what there is.' },
    { code: 2, said: 'The address of a database begins with postgresql://.' },
    {
      code: 3,
      said: expect.stringMatching(/^x on 127\.0\.0\.1:9 cannot be reached: (?!.*secret)/),
    },
  ])
})
