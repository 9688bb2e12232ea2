/** Target: the form of one target on the left, its preview on the right; Ctrl+Enter saves and publishes. */
import { Button } from '@mantine/core'
import { type KeyboardEvent, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PublishProblem, PublishStatus } from '../../../core/contract.ts'
import type { PublishTarget } from '../../../core/domain/publish-target.ts'
import type { Refusal } from '../../../core/domain/refusal.ts'
import type { ResourceRow } from '../../../core/domain/resource.ts'
import { report } from '../../app/ErrorBoundary.tsx'
import { complain, toast } from '../../app/toast.tsx'
import { desk } from '../../desk/client.ts'
import { useCommand } from '../../desk/useCommand.ts'
import { Keys } from '../../ui/Keys.tsx'
import { Refused } from '../booking/Refused.tsx'
import { Preview } from './Preview.tsx'
import classes from './Publish.module.css'
import { TargetForm } from './TargetForm.tsx'
import { draftOf, type TargetArgs, wrongIn } from './targetDraft.ts'
import { usePreview } from './usePreview.ts'

type Props = Readonly<{
  initial: TargetArgs
  saved: PublishTarget | null
  status: PublishStatus | null
  halls: readonly ResourceRow[]
  onSaved(id: string): void
  onRemoved(): void
}>

export function Target({ initial, saved, status, halls, onSaved, onRemoved }: Props) {
  const { t } = useTranslation('publish')
  const { t: app } = useTranslation()
  const [draft, setDraft] = useState(initial)
  const [tried, setTried] = useState(false)
  const [busy, setBusy] = useState(false)
  const [page, setPage] = useState('index.html')
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const [problem, setProblem] = useState<PublishProblem | null>(null)
  const save = useCommand('publish.target.save')
  const remove = useCommand('publish.target.remove')
  const wrong = wrongIn(draft)
  const isWrong = Object.keys(wrong).length > 0
  // Undone, or changed elsewhere: what is kept is what is shown.
  const kept = saved ? JSON.stringify(draftOf(saved)) : ''
  useEffect(() => {
    if (kept) setDraft(JSON.parse(kept) as TargetArgs)
  }, [kept])
  const isSaved = saved !== null && kept === JSON.stringify(draft)
  const preview = usePreview(
    { ...draft, name: draft.name.trim() || '–', folder: wrong.folder ? '' : draft.folder },
    !wrong.halls,
    page,
  )

  const keep = async (): Promise<boolean> => {
    setTried(true)
    setRefusal(null)
    if (isWrong) return false
    if (isSaved) return true
    const { id, outcome } = await save.run(draft)
    if (outcome.status === 'refused') setRefusal(outcome.refusal)
    if (outcome.status === 'accepted') toast(t('saved', { name: draft.name }), id)
    return outcome.status !== 'refused'
  }
  const doing = async (work: () => Promise<void>) => {
    if (busy) return
    setBusy(true)
    try {
      await work()
    } catch (error) {
      report(error, 'publish')
      complain(app('failed.title'))
    } finally {
      setBusy(false)
    }
  }
  const publish = () =>
    doing(async () => {
      if (!(await keep())) return
      const reply = await desk.invoke('publishNow', { target: draft.id })
      if (!reply.ok) throw new Error(reply.error.code)
      setProblem(reply.value?.problem ?? null)
      if (reply.value && !reply.value.problem) toast(t('published', { name: draft.name }))
      onSaved(draft.id)
    })
  const onlySave = () =>
    doing(async () => {
      if (await keep()) onSaved(draft.id)
    })
  const takeAway = () =>
    doing(async () => {
      const { id, outcome } = await remove.run({ id: draft.id })
      if (outcome.status === 'accepted') toast(t('removed', { name: draft.name }), id)
      if (outcome.status !== 'refused') onRemoved()
    })
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    void publish()
  }
  const inTheWay = preview?.problem ?? problem ?? status?.problem ?? null

  return (
    <>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys of the form inside, wherever the focus is in it */}
      <div className={classes.form} onKeyDown={onKeyDown}>
        {refusal && <Refused refusal={refusal} />}
        <TargetForm draft={draft} halls={halls} wrong={tried ? wrong : {}} onChange={setDraft} />
        {inTheWay && !wrong.folder && (
          <p className={classes.problem} role="alert">
            {t(`problem.${inTheWay.code}`, { folder: draft.folder, detail: inTheWay.detail })}{' '}
            {status?.waiting && draft.automatic && t('retry')}
          </p>
        )}
        <div className={classes.buttons}>
          <Button variant="filled" aria-keyshortcuts="Control+Enter" onClick={() => void publish()}>
            {isSaved ? t('publish') : t('saveAndPublish')} <Keys keys="Ctrl Enter" plain />
          </Button>
          {!isSaved && <Button onClick={() => void onlySave()}>{t('save')}</Button>}
          {saved && (
            <Button variant="subtle" onClick={() => void takeAway()}>
              {t('remove')}
            </Button>
          )}
        </div>
      </div>
      <Preview
        preview={preview}
        ready={!wrong.halls}
        page={page}
        compared={!wrong.folder}
        onPage={setPage}
      />
    </>
  )
}
