/**
 * Folder: where a target's files lie. It writes only what differs, each file whole or not at all, and touches no
 * file that is not of its own making.
 */
import { readFile, rm, stat } from 'node:fs/promises'
import { isAbsolute, join } from 'node:path'
import type { PublishProblem } from '../contract.ts'
import { DATA_FILE, GENERATOR, readDataFile } from '../publish/data-file.ts'
import { codeOf } from '../store/failures.ts'
import { nodeDisk } from '../sync/node-disk.ts'

export type FinishedFile = Readonly<{ path: string; text: string }>

export type Difference = Readonly<{
  /** Files to write, and names of files that are to go. */
  fresh: readonly FinishedFile[]
  stale: readonly string[]
  /** Dates in the calendar: new, gone, changed. */
  added: number
  removed: number
  changed: number
}>

/** Thrown with what stands in the way of writing. */
export class FolderProblem extends Error {
  override readonly name = 'FolderProblem'
  readonly problem: PublishProblem
  constructor(problem: PublishProblem) {
    super(problem.code)
    this.problem = problem
  }
}

const NAME = /^[a-z0-9-]+\.(html|ics|json)$/

/** Throws `FolderProblem`: a missing folder is never made, because it may be a network drive that is not there. */
export async function difference(
  folder: string,
  files: readonly FinishedFile[],
): Promise<Difference> {
  await mustBeFolder(folder)
  const earlier = readDataFile((await textOf(join(folder, DATA_FILE))) ?? '')
  const fresh: FinishedFile[] = []
  for (const file of files) {
    const there = await textOf(join(folder, file.path))
    if (there === file.text) continue
    if (there !== null && !isOurs(there)) {
      throw new FolderProblem({ code: 'foreign-file', detail: file.path })
    }
    fresh.push(file)
  }
  const names = new Set(files.map((file) => file.path))
  const stale = (earlier?.files ?? []).filter((path) => NAME.test(path) && !names.has(path))
  const before = earlier?.events ?? new Map<string, string>()
  const now =
    readDataFile(files.find((file) => file.path === DATA_FILE)?.text ?? '')?.events ??
    new Map<string, string>()
  const both = [...now].filter(([uid]) => before.has(uid))
  return {
    fresh,
    stale,
    added: now.size - both.length,
    removed: before.size - both.length,
    changed: both.filter(([uid, text]) => before.get(uid) !== text).length,
  }
}

/** Writes what differs; the file that names the others comes last, and what nobody names goes after it. */
export async function write(folder: string, { fresh, stale }: Difference): Promise<void> {
  try {
    for (const { path, text } of fresh) {
      await nodeDisk().replace(join(folder, path), Buffer.from(text, 'utf8'))
    }
    for (const path of stale) {
      const there = await textOf(join(folder, path))
      if (there !== null && isOurs(there)) await rm(join(folder, path))
    }
  } catch (error) {
    throw new FolderProblem(problemOf(error))
  }
}

async function mustBeFolder(folder: string): Promise<void> {
  if (!isAbsolute(folder)) throw new FolderProblem({ code: 'no-folder', detail: '' })
  try {
    const found = await stat(folder)
    if (!found.isDirectory()) throw new FolderProblem({ code: 'not-a-folder', detail: '' })
  } catch (error) {
    throw error instanceof FolderProblem ? error : new FolderProblem(problemOf(error))
  }
}

async function textOf(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null
    throw new FolderProblem(problemOf(error))
  }
}

/** The mark that each of our three kinds of files carries near its beginning. */
function isOurs(text: string): boolean {
  const head = text.slice(0, 1000)
  return [
    `<meta name="generator" content="${GENERATOR}">`,
    `PRODID:-//${GENERATOR}//`,
    `"generator": "${GENERATOR}"`,
  ].some((mark) => head.includes(mark))
}

function problemOf(error: unknown): PublishProblem {
  switch (codeOf(error)) {
    case 'ENOENT':
      return { code: 'no-folder', detail: '' }
    case 'ENOTDIR':
      return { code: 'not-a-folder', detail: '' }
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return { code: 'not-allowed', detail: '' }
    case 'ENOSPC':
    case 'EDQUOT':
      return { code: 'disk-full', detail: '' }
    default:
      return { code: 'unexpected', detail: codeOf(error) ?? '' }
  }
}
