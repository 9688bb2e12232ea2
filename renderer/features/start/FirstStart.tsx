/**
 * FirstStart: the one question of a new desk. Nothing is founded before it is answered.
 *
 * Three ways in: to look around, to begin, and to join those who have begun.
 */
import { Button, TextInput } from '@mantine/core'
import { IconBuildingCommunity, IconDatabase, IconFilePlus } from '@tabler/icons-react'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Notices } from '../../app/Notices.tsx'
import { desk } from '../../desk/client.ts'
import { status, useStatus } from '../../desk/useStatus.ts'
import { useLimit } from '../../format/useLimit.ts'
import { Mark } from '../../ui/Mark.tsx'
import { useTyping } from '../database/address.ts'
import { ConnectStart } from './ConnectStart.tsx'
import classes from './FirstStart.module.css'
import { LanguagePicker } from './LanguagePicker.tsx'

export function FirstStart() {
  const { t } = useTranslation('start')
  const connecting = useTyping((typing) => typing.connecting)
  const [name, setName] = useState('')
  const [missing, setMissing] = useState(false)
  const [busy, setBusy] = useState(false)
  const limit = useLimit()
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
    else if (!limit('municipality', name)) void found('empty', name.trim())
  }

  if (connecting) return <ConnectStart />
  return (
    <main className={classes.screen} aria-busy={busy}>
      <Told />
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
            value={name}
            error={
              limit('municipality', name) ??
              (missing && name.trim() === '' ? t('empty.nameMissing') : undefined)
            }
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Button type="submit" size="sm" disabled={busy}>
            {t('empty.go')}
          </Button>
        </form>
        <section className={classes.way}>
          <IconDatabase size={28} stroke={1.25} aria-hidden="true" />
          <h2>{t('connect.title')}</h2>
          <p>{t('connect.text')}</p>
          <Button
            size="sm"
            disabled={busy}
            onClick={() => useTyping.setState({ connecting: true })}
          >
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

/** A desk that has left its server begins here, and is told where its copy lies. */
function Told() {
  const notices = useStatus()?.notices ?? []
  if (notices.length === 0) return null
  return (
    <div className={classes.told}>
      <Notices notices={notices} />
    </div>
  )
}
