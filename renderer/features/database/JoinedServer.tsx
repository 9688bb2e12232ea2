/** JoinedServer: the server that this desk shares, its address without the password, and the ways to change or leave it. */
import { Button } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ServerAddress, ServerStatus, ServerTest, Status } from '../../../core/contract.ts'
import { toast } from '../../app/toast.tsx'
import { desk } from '../../desk/client.ts'
import { serverProblemText } from '../../format/serverProblem.ts'
import { useFormat } from '../../format/useFormat.ts'
import { AddressForm } from './AddressForm.tsx'
import { forget, typeOver } from './address.ts'
import { change } from './connecting.ts'
import classes from './Database.module.css'
import { LeaveDialog } from './LeaveDialog.tsx'
import { shortVersion } from './There.tsx'

export function JoinedServer({
  status,
  server,
}: Readonly<{ status: Status; server: ServerStatus }>) {
  const { t } = useTranslation('database')
  const { t: app } = useTranslation()
  const format = useFormat()
  const [address, setAddress] = useState<ServerAddress | null>(null)
  const [test, setTest] = useState<ServerTest | null>(null)
  const [changing, setChanging] = useState(false)
  const [leaving, setLeaving] = useState(false)
  // It may have been changed: asked anew whenever the form is closed.
  useEffect(() => {
    if (changing) return
    void desk.invoke('server').then((reply) => reply.ok && setAddress(reply.value))
  }, [changing])
  if (!address) return null

  const look = async () => {
    setTest(null)
    const reply = await desk.invoke('testServer', address)
    if (reply.ok) setTest(reply.value)
  }
  const begin = () => {
    typeOver(address)
    setTest(null)
    setChanging(true)
  }
  const end = () => {
    forget()
    setChanging(false)
  }
  const save = async () => {
    const isTaken = await change()
    if (isTaken) {
      toast(t('joined.saved'))
      setChanging(false)
    }
    return isTaken
  }

  if (changing) {
    return (
      <div className={classes.connect}>
        <AddressForm go={t('joined.save')} onGo={save} kept>
          <Button onClick={end}>{app('cancel')}</Button>
        </AddressForm>
      </div>
    )
  }
  const key = status.mode === 'cut-off' ? 'joined.cutOff' : 'joined.since'
  const when = format.moment(server.since)
  return (
    <>
      <p className={classes.standing} data-out={status.mode === 'cut-off' || undefined}>
        {t(key, { when })}
      </p>
      {server.trouble && <p className={classes.trouble}>{serverProblemText(t, server.trouble)}</p>}
      <dl className={classes.facts}>
        <dt>{t('joined.address')}</dt>
        <dd>{server.place}</dd>
        <dt>{t('joined.user')}</dt>
        <dd>{address.user}</dd>
        <dt>{t('joined.security')}</dt>
        <dd>
          {!address.tls
            ? t('joined.open')
            : address.ca
              ? t('joined.encryptedOwn', { file: address.ca })
              : t('joined.encrypted')}
        </dd>
        <dt>{t('joined.label')}</dt>
        <dd>{address.label}</dd>
      </dl>
      <p role="status" className={classes.tested} data-bad={(test && !test.ok) || undefined}>
        {test &&
          (test.ok
            ? t('joined.reachable', { version: shortVersion(test.version) })
            : serverProblemText(t, test.problem))}
      </p>
      <div className={classes.buttons}>
        <Button data-pane-focus onClick={() => void look()}>
          {t('form.test')}
        </Button>
        <Button onClick={begin}>{t('joined.change')}</Button>
        <Button onClick={() => setLeaving(true)}>{t('joined.leave')}</Button>
      </div>
      {leaving && <LeaveDialog status={status} onClose={() => setLeaving(false)} />}
    </>
  )
}
