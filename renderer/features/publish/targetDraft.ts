/** Target draft: what is typed about a target, and what is still wrong with it. Pure. */
import type { ArgsOf } from '../../../core/commands/calls.ts'
import type { Language } from '../../../core/domain/language.ts'
import type { PublishTarget } from '../../../core/domain/publish-target.ts'
import { isTooLong } from '../../format/limits.ts'

export type TargetArgs = ArgsOf<'publish.target.save'>

export const BACK_DAYS = [0, 7, 30] as const
export const AHEAD_DAYS = [31, 92, 183, 365, 730] as const

export function newTarget(id: string, name: string, language: Language): TargetArgs {
  return {
    id,
    name,
    folder: '',
    halls: null,
    daysBack: 7,
    daysAhead: 365,
    detail: 'title',
    language,
    automatic: true,
  }
}

export function draftOf(target: PublishTarget): TargetArgs {
  return { ...target, halls: target.halls ? [...target.halls] : null }
}

export type Wrong = 'nameMissing' | 'folderMissing' | 'folderRelative' | 'hallsMissing' | 'long'

export function wrongIn(
  draft: TargetArgs,
): Readonly<Partial<Record<'name' | 'folder' | 'halls', Wrong>>> {
  const folder = draft.folder.trim()
  const wrong: Partial<Record<'name' | 'folder' | 'halls', Wrong>> = {}
  if (draft.name.trim() === '') wrong.name = 'nameMissing'
  else if (isTooLong('target', draft.name)) wrong.name = 'long'
  if (folder === '') wrong.folder = 'folderMissing'
  else if (isTooLong('folder', folder)) wrong.folder = 'long'
  // A path from the root, a drive or a share: what the desk is started in is nobody's business.
  else if (!/^(\/|[A-Za-z]:[\\/]|\\\\)/.test(folder)) wrong.folder = 'folderRelative'
  if (draft.halls?.length === 0) wrong.halls = 'hallsMissing'
  return wrong
}
