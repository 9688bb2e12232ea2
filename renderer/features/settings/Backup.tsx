/**
 * Backup: copies of everything, where they lie, and the way back to one of them.
 *
 * Restoring tells first what it would undo; the core sets the present aside and deletes nothing.
 */
import { Button, Select, TextInput } from '@mantine/core'
import { type FormEvent, useState, useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import type { BackupProblem, BackupStatus } from '../../../core/contract.ts'
import { dayOf } from '../../../core/domain/time.ts'
import { report } from '../../app/ErrorBoundary.tsx'
import { complain, toast } from '../../app/toast.tsx'
import { desk } from '../../desk/client.ts'
import { follow } from '../../desk/remote.ts'
import { useStatus } from '../../desk/useStatus.ts'
import { useFormat } from '../../format/useFormat.ts'
import { Page } from '../../ui/Page.tsx'
import classes from './Backup.module.css'
import { RestoreDialog } from './RestoreDialog.tsx'

const KEEPS = [7, 14, 30, 90] as const
const MEGABYTE = 1_048_576
/** In a browser a page may not ask for folders; there it is typed. */
const canChoose = window.desk !== undefined

/** Who makes them changes with the desk. */
const backup = follow(
  'backupStatus',
  (event) => (event.type === 'backup' ? event.status : undefined),
  (event, value) =>
    event.type === 'status' &&
    event.status.phase === 'ready' &&
    (value?.by === 'server') !== (event.status.server !== null),
)

export function Backup() {
  const { t } = useTranslation('backup')
  const { t: app } = useTranslation()
  const format = useFormat()
  const status = useSyncExternalStore(backup.subscribe, backup.get)
  const [busy, setBusy] = useState(false)
  const [wrong, setWrong] = useState<BackupProblem | null>(null)
  const [restoring, setRestoring] = useState<BackupStatus['backups'][number] | null>(null)
  const server = useStatus()?.server
  if (!status) return null
  if (status.by === 'server') {
    return (
      <Page title={t('title')}>
        <p>{t('byServer', { place: server?.place })}</p>
      </Page>
    )
  }

  const when = (at: number) => `${format.day(dayOf(at, format.zone))}, ${format.time(at)}`
  const doing = async (work: () => Promise<void>) => {
    if (busy) return
    setBusy(true)
    try {
      await work()
    } catch (error) {
      report(error, 'backup')
      complain(app('failed.title'))
    } finally {
      setBusy(false)
    }
  }
  const make = () =>
    doing(async () => {
      const reply = await desk.invoke('backupNow')
      if (!reply.ok) throw new Error(reply.error.code)
      backup.set(reply.value)
      if (!reply.value.problem) toast(t('done'))
    })
  const set = (part: Readonly<{ folder?: string | null; keep?: number }>) =>
    doing(async () => {
      const own = status.own ? status.folder : null
      const reply = await desk.invoke('setBackup', { folder: own, keep: status.keep, ...part })
      if (!reply.ok) throw new Error(reply.error.code)
      setWrong(reply.value.problem)
      if (!reply.value.problem) backup.set(reply.value)
    })
  const choose = async () => {
    const reply = await desk.invoke('chooseFolder')
    if (reply.ok && reply.value) await set({ folder: reply.value })
  }
  const problem = wrong ?? status.problem
  const keeps = [...new Set<number>([...KEEPS, status.keep])].sort((one, other) => one - other)

  return (
    <Page
      title={t('title')}
      lead={t('lead')}
      aside={
        <Button variant="filled" onClick={() => void make()}>
          {t('now')}
        </Button>
      }
    >
      {problem && (
        <p className={classes.problem} role="alert">
          {t(`problem.${problem.code}`)}
        </p>
      )}
      <div className={classes.rows}>
        <span>{t('folder')}</span>
        <div>
          <p className={classes.path}>{status.own ? status.folder : t('folderBeside')}</p>
          {!status.own && <p className="muted">{t('folderHint')}</p>}
          <div className={classes.buttons}>
            {canChoose ? (
              <Button size="compact-sm" onClick={() => void choose()}>
                {t('choose')}
              </Button>
            ) : (
              <TypedFolder onTake={(folder) => void set({ folder })} />
            )}
            {status.own && (
              <Button size="compact-sm" onClick={() => void set({ folder: null })}>
                {t('beside')}
              </Button>
            )}
          </div>
        </div>
        <label htmlFor="backup-keep">{t('keep')}</label>
        <Select
          id="backup-keep"
          w={160}
          data={keeps.map((count) => ({ value: String(count), label: t('keepCount', { count }) }))}
          value={String(status.keep)}
          onChange={(value) => void set({ keep: Number(value) })}
        />
      </div>
      <h2 className={classes.subtitle}>{t('list')}</h2>
      {status.backups.length === 0 && <p className="muted">{t('none')}</p>}
      <ul className={classes.list}>
        {status.backups.map((each) => (
          <li key={each.file}>
            <time dateTime={new Date(each.at).toISOString()}>{when(each.at)}</time>
            <span className={classes.size}>
              {format.number(Math.ceil(each.bytes / MEGABYTE))} MB
            </span>
            <Button
              size="compact-xs"
              variant="subtle"
              aria-label={t('restoreOf', { when: when(each.at) })}
              onClick={() => setRestoring(each)}
            >
              {t('restore')}
            </Button>
          </li>
        ))}
      </ul>
      {restoring && (
        <RestoreDialog
          file={restoring.file}
          when={when(restoring.at)}
          onClose={() => setRestoring(null)}
        />
      )}
    </Page>
  )
}

function TypedFolder({ onTake }: { onTake: (folder: string) => void }) {
  const { t } = useTranslation('backup')
  const [folder, setFolder] = useState('')
  const take = (event: FormEvent) => {
    event.preventDefault()
    if (folder.trim()) onTake(folder.trim())
  }
  return (
    <form className={classes.buttons} onSubmit={take}>
      <TextInput
        aria-label={t('typed')}
        placeholder={t('typed')}
        w={280}
        maxLength={1000}
        value={folder}
        onChange={(event) => setFolder(event.currentTarget.value)}
      />
      <Button type="submit">{t('take')}</Button>
    </form>
  )
}
