/**
 * Preview: the very file, in a frame that can run nothing and reach nothing, with the verdict of the check above it.
 */
import { Select } from '@mantine/core'
import { IconAlertTriangle, IconShieldCheck } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { PublishPreview } from '../../../core/contract.ts'
import { useFormat } from '../../format/useFormat.ts'
import classes from './Publish.module.css'

const KILOBYTE = 1024
/** As many leaks as are named one by one. */
const NAMED = 4

type Props = Readonly<{
  preview: PublishPreview | null
  page: string
  /** What is typed can be shown: it is being made. */
  ready: boolean
  /** There is a folder to compare with. */
  compared: boolean
  onPage(path: string): void
}>

export function Preview({ preview, ready, page, compared, onPage }: Props) {
  const { t } = useTranslation('publish')
  if (!preview) {
    return (
      <div className={classes.preview}>
        <p className={classes.waits}>{t(ready ? 'previewComes' : 'previewWaits')}</p>
      </div>
    )
  }
  const nameOf = ({ path, name }: PublishPreview['files'][number]) => {
    const title = name || t('pageAll')
    if (path.endsWith('.html')) return title
    return path.endsWith('.ics') ? t('feed', { name: title }) : t('data')
  }
  const order = ['html', 'ics', 'json']
  const rank = (path: string) => order.indexOf(path.split('.').at(-1) ?? '')
  const files = [...preview.files].sort((one, other) => rank(one.path) - rank(other.path))
  const shown = files.find((file) => file.path === preview.shown.path)
  const title = t('previewOf', { page: shown ? nameOf(shown) : '' })
  return (
    <section className={classes.preview} aria-label={t('preview')}>
      <div className={classes.head}>
        <Select
          aria-label={t('page')}
          searchable
          w={250}
          data={files.map((file) => ({ value: file.path, label: nameOf(file) }))}
          value={shown?.path ?? page}
          onChange={(path) => path && onPage(path)}
        />
        <Verdict preview={preview} />
      </div>
      <Changes preview={preview} compared={compared && !preview.problem} />
      {preview.shown.path.endsWith('.html') ? (
        <iframe
          className={classes.frame}
          title={title}
          sandbox=""
          srcDoc={preview.shown.text}
          data-path={preview.shown.path}
        />
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region needs a stop of its own
        <section className={classes.text} tabIndex={0} aria-label={title}>
          <pre>{preview.shown.text}</pre>
        </section>
      )}
    </section>
  )
}

function Verdict({ preview }: { preview: PublishPreview }) {
  const { t } = useTranslation('publish')
  const { leaks, files } = preview
  if (leaks.length === 0) {
    return (
      <p className={classes.good} role="status">
        <IconShieldCheck size={16} stroke={1.5} aria-hidden="true" />
        {t('checkedOk', { count: files.length })}
      </p>
    )
  }
  const distinct = new Map(leaks.map((each) => [`${each.kind} ${each.number}`, each]))
  return (
    <div className={classes.bad} role="alert">
      <p>
        <IconAlertTriangle size={16} stroke={1.5} aria-hidden="true" />
        {t('checkedBad', { count: distinct.size })}
      </p>
      <ul>
        {[...distinct.values()].slice(0, NAMED).map(({ kind, number, path }) => (
          <li key={`${kind} ${number}`}>
            {number > 0
              ? t('leakOf', { kind: t(`leak.${kind}`), number, file: path })
              : t('leakOther', { kind: t(`leak.${kind}`), file: path })}
          </li>
        ))}
      </ul>
    </div>
  )
}

function Changes({ preview, compared }: { preview: PublishPreview; compared: boolean }) {
  const { t } = useTranslation('publish')
  const format = useFormat()
  const bytes = preview.files.reduce((sum, file) => sum + file.bytes, 0)
  const fresh = preview.files.filter((file) => file.fresh).length
  const { added, removed, changed } = preview
  const parts = [
    added > 0 && t('added', { count: added }),
    removed > 0 && t('gone', { count: removed }),
    changed > 0 && t('changed', { count: changed }),
    fresh > 0 && t('filesFresh', { count: fresh }),
  ].filter((part) => part !== false)
  return (
    <p className={classes.changes}>
      <span>
        {t('facts', {
          events: format.number(preview.events),
          files: format.number(preview.files.length),
          size: `${format.number(Math.ceil(bytes / KILOBYTE))} KB`,
        })}
      </span>
      {compared && (
        <span>
          {parts.length > 0 ? t('changes', { parts: format.list(parts) }) : t('changesNone')}
        </span>
      )}
    </p>
  )
}
