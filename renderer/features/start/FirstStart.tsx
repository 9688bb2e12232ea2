/**
 * FirstStart: the one question of a new desk. Nothing is founded before it is answered.
 *
 * Three ways in; the one that does not exist yet stands there with its reason, so that nobody looks for it.
 */
import { Button, TextInput } from '@mantine/core'
import { IconBuildingCommunity, IconDatabase, IconFilePlus } from '@tabler/icons-react'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { desk } from '../../desk/client.ts'
import { status } from '../../desk/useStatus.ts'
import { Mark } from '../../ui/Mark.tsx'
import classes from './FirstStart.module.css'
import { LanguagePicker } from './LanguagePicker.tsx'

export function FirstStart() {
  const { t } = useTranslation('start')
  const [name, setName] = useState('')
  const [missing, setMissing] = useState(false)
  const [busy, setBusy] = useState(false)
  const [failed, setFailed] = useState('')

  const found = async (as: 'sample' | 'empty', municipality: string) => {
    if (busy) return
    setBusy(true)
    const reply = await desk.invoke('found', { as, name: municipality })
    if (reply.ok) status.set(reply.value)
    else setFailed(reply.error.detail || reply.error.code)
    setBusy(false)
  }
  const begin = (event: FormEvent) => {
    event.preventDefault()
    if (name.trim() === '') setMissing(true)
    else void found('empty', name.trim())
  }

  return (
    <main className={classes.screen} aria-busy={busy}>
      <div className={classes.head}>
        <Mark size={40} />
        <h1>{t('title')}</h1>
        <p>{t('lead')}</p>
      </div>
      <div className={classes.ways}>
        <section className={classes.way}>
          <IconBuildingCommunity size={28} stroke={1.25} aria-hidden="true" />
          <h2>{t('sample.title')}</h2>
          <p>{t('sample.text')}</p>
          <Button
            variant="filled"
            size="sm"
            autoFocus
            disabled={busy}
            onClick={() => void found('sample', t('sampleName'))}
          >
            {t('sample.go')}
          </Button>
        </section>
        <form className={classes.way} onSubmit={begin}>
          <IconFilePlus size={28} stroke={1.25} aria-hidden="true" />
          <h2>{t('empty.title')}</h2>
          <p>{t('empty.text')}</p>
          <TextInput
            label={t('empty.nameLabel')}
            placeholder={t('empty.namePlaceholder')}
            maxLength={120}
            value={name}
            error={missing && name.trim() === '' ? t('empty.nameMissing') : undefined}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Button type="submit" size="sm" disabled={busy}>
            {t('empty.go')}
          </Button>
        </form>
        <section className={classes.way} data-later>
          <IconDatabase size={28} stroke={1.25} aria-hidden="true" />
          <h2>{t('connect.title')}</h2>
          <p>{t('connect.text')}</p>
          <p className={classes.later} id="connect-later">
            {t('connect.later')}
          </p>
          <Button size="sm" disabled aria-describedby="connect-later">
            {t('connect.title')}
          </Button>
        </section>
      </div>
      {failed && (
        <p role="alert" className={classes.failed}>
          {t('failed', { detail: failed })}
        </p>
      )}
      <LanguagePicker />
    </main>
  )
}
