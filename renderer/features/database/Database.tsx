/** Database: the shared server of this desk: how to get one, and once there is one, how it is and how to leave it. */
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useStatus } from '../../desk/useStatus.ts'
import { Page } from '../../ui/Page.tsx'
import { AddressForm } from './AddressForm.tsx'
import { useTyping } from './address.ts'
import { test } from './connecting.ts'
import classes from './Database.module.css'
import { JoinedServer } from './JoinedServer.tsx'
import { There } from './There.tsx'

export function Database() {
  const { t } = useTranslation('database')
  const status = useStatus()
  if (!status) return null
  return (
    <Page title={t('title')} lead={t('lead')}>
      {status.server ? <JoinedServer status={status} server={status.server} /> : <Connect />}
    </Page>
  )
}

/** The form, and beside it what stands there. */
export function Connect() {
  const { t } = useTranslation('database')
  const status = useStatus()
  const found = useTyping(({ test }) => test)
  // What the server said is as old as this screen.
  useEffect(() => () => useTyping.setState(({ test }) => ({ test: test?.ok ? null : test })), [])
  return (
    <div className={classes.connect}>
      <AddressForm go={t('form.test')} onGo={test} />
      {found?.ok && status && <There test={found} status={status} />}
    </div>
  )
}
