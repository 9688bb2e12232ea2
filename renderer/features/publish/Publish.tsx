/**
 * Publish: the targets, what is shown on one of them, and beside it the page exactly as the citizen will see it.
 *
 * Promises that what is previewed is what is written, and that an entry survives a folder that cannot be written.
 */
import { Button } from '@mantine/core'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PublishStatus } from '../../../core/contract.ts'
import type { PublishTarget } from '../../../core/domain/publish-target.ts'
import { freshId } from '../../desk/dispatch.ts'
import { useView } from '../../desk/store.ts'
import { useQuery } from '../../desk/useQuery.ts'
import { useFormat } from '../../format/useFormat.ts'
import classes from './Publish.module.css'
import { Target } from './Target.tsx'
import { draftOf, newTarget } from './targetDraft.ts'
import { usePublished } from './usePublished.ts'
import { useWhen } from './useWhen.ts'

export function Publish({ chosen }: { chosen: string }) {
  const { t } = useTranslation('publish')
  const format = useFormat()
  const { rows: targets } = useQuery('publish.targets', {})
  const { rows: halls } = useQuery('resource.all', {})
  const status = usePublished()
  const go = useView((view) => view.go)
  const [freshTarget, setFresh] = useState(freshId)
  const current = targets?.find((each) => each.id === chosen)
  const adding = targets !== undefined && (chosen === 'new' || targets.length === 0)
  const shown = adding ? undefined : (current ?? targets?.[0])
  const draft = useMemo(
    () => (shown ? draftOf(shown) : newTarget(freshTarget, t('defaultName'), format.language)),
    [shown, freshTarget, t, format.language],
  )
  if (!targets || !halls) return null
  return (
    <section className={classes.publish} aria-label={t('title')}>
      <nav className={classes.targets} aria-label={t('targets')}>
        <h1>{t('title')}</h1>
        <ul>
          {targets.map((target) => (
            <li key={target.id}>
              <TargetButton
                target={target}
                status={status.find((each) => each.target === target.id)}
                current={target === shown}
                onChoose={() => go(`publish/${target.id}`)}
              />
            </li>
          ))}
          {adding && (
            <li>
              <button type="button" className={classes.target} aria-current="page">
                <span>{t('new')}</span>
              </button>
            </li>
          )}
        </ul>
        {!adding && <Button onClick={() => go('publish/new')}>{t('add')}</Button>}
        <p className={classes.lead}>{targets.length === 0 ? t('empty') : t('lead')}</p>
      </nav>
      <Target
        key={draft.id}
        initial={draft}
        saved={shown ?? null}
        status={status.find((each) => each.target === draft.id) ?? null}
        halls={halls}
        onSaved={(id) => {
          if (!shown) setFresh(freshId())
          go(`publish/${id}`)
        }}
        onRemoved={() => go('publish')}
      />
    </section>
  )
}

type TargetButtonProps = Readonly<{
  target: PublishTarget
  status: PublishStatus | undefined
  current: boolean
  onChoose(): void
}>

function TargetButton({ target, status, current, onChoose }: TargetButtonProps) {
  const { t } = useTranslation('publish')
  const when = useWhen()
  return (
    <button
      type="button"
      className={classes.target}
      aria-current={current ? 'page' : undefined}
      onClick={onChoose}
    >
      <span>{target.name}</span>
      <small data-bad={status?.problem ? true : undefined}>
        {status?.at ? t('at', { when: when(status.at) }) : t('never')}
        {status?.waiting && status.at ? ` · ${t('waiting')}` : ''}
      </small>
    </button>
  )
}
