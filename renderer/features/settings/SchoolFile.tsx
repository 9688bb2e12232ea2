/**
 * SchoolFile: school holidays from a calendar file, shown before they are taken over.
 *
 * A file that is none gets a sentence; the settings change only when the clerk says so.
 */
import { Button, FileButton, Group } from '@mantine/core'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { NamedDays } from '../../../core/domain/holidays.ts'
import {
  LARGEST_FILE_CHARACTERS,
  type SchoolFile as Read,
  readSchoolHolidays,
} from '../../../core/domain/school-holidays.ts'
import { useFormat } from '../../format/useFormat.ts'
import classes from './Holidays.module.css'

type Found = Readonly<{ file: string; read: Read | 'unreadable' }>

type Props = Readonly<{
  known: readonly NamedDays[]
  onTake(days: readonly NamedDays[]): Promise<boolean>
}>

export function SchoolFile({ known, onTake }: Props) {
  const { t } = useTranslation('holidays')
  const { t: app } = useTranslation()
  const format = useFormat()
  const [found, setFound] = useState<Found | null>(null)
  const reset = useRef<() => void>(null)

  const choose = async (file: File | null) => {
    if (!file) return
    setFound({ file: file.name, read: await readFile(file, format.zone) })
    reset.current?.()
  }
  const close = () => setFound(null)
  const read = found?.read
  const days = read && read !== 'unreadable' && read.ok ? read.days : []
  const fresh = days.filter(
    (one) => !known.some((each) => each.from === one.from && each.until === one.until),
  )

  return (
    <div className={classes.file}>
      <FileButton
        accept=".ics,text/calendar"
        resetRef={reset}
        inputProps={{ 'aria-label': t('file') }}
        onChange={(file) => void choose(file)}
      >
        {(props) => <Button {...props}>{t('import')}</Button>}
      </FileButton>
      {found && read && (
        <div className={classes.found} role="status">
          {read === 'unreadable' || !read.ok ? (
            <p className={classes.wrong}>
              {t(`problem.${read === 'unreadable' ? read : read.problem}`, { file: found.file })}
            </p>
          ) : (
            <>
              <p>
                {t('found', {
                  file: found.file,
                  fresh: fresh.length,
                  known: days.length - fresh.length,
                })}{' '}
                {read.skipped > 0 && t('skipped', { count: read.skipped })}
              </p>
              <ul>
                {fresh.map((one) => (
                  <li key={`${one.from} ${one.until}`}>
                    <time dateTime={one.from}>
                      {format.day(one.from)} – {format.day(one.until)}
                    </time>{' '}
                    {one.name}
                  </li>
                ))}
              </ul>
              <Group gap={8}>
                {fresh.length > 0 && (
                  <Button
                    variant="filled"
                    onClick={() => void onTake(fresh).then((taken) => taken && close())}
                  >
                    {t('take')}
                  </Button>
                )}
                <Button onClick={close}>{app('cancel')}</Button>
              </Group>
            </>
          )}
        </div>
      )}
    </div>
  )
}

/** Old programs write calendar files in the alphabet of Windows; a wrong reading of it is not UTF-8. */
async function readFile(file: File, zone: string): Promise<Read | 'unreadable'> {
  if (file.size > LARGEST_FILE_CHARACTERS) return { ok: false, problem: 'too-large' }
  try {
    const bytes = await file.arrayBuffer()
    let text: string
    try {
      text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    } catch {
      text = new TextDecoder('windows-1252').decode(bytes)
    }
    return readSchoolHolidays(text, zone)
  } catch {
    return 'unreadable'
  }
}
