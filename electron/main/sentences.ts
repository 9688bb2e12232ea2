/**
 * Sentences: what the terminal is told when the desk cannot open its data. One sentence each, and what to do.
 */
import type { Problem } from '../../core/contract.ts'

/** The core says `PID, HOST`. */
function holderOf(detail: string): string {
  const [pid, host] = detail.split(', ')
  return host === undefined ? detail : `process ${pid} on ${host}`
}

export function sentenceOf(problem: Problem, dataFolder: string): string {
  switch (problem.code) {
    case 'data-locked':
      return `The data in ${dataFolder} is in use by another Allmend (${holderOf(problem.detail)}): close it first, or name another folder with --data.`
    case 'disk-full':
      return `The disk that holds ${dataFolder} is full: free some space and start again; nothing was lost.`
    case 'data-unreadable':
      return `The data in ${dataFolder} cannot be read (${problem.detail}); nothing in it was changed.`
    case 'schema-newer':
      return `The data in ${dataFolder} was written by a newer Allmend: use that one.`
    case 'unexpected':
      return `The data in ${dataFolder} could not be opened (${problem.detail.split('\n')[0]}); the log in its logs folder says more.`
  }
}
