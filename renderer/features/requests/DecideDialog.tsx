/**
 * DecideDialog: the one question before a decision: what becomes of those who lose their place, or why it is denied.
 * Also shows why an approval cannot be, with free times to take instead and the waiting list.
 */
import { Button, Modal, Radio, Stack, TextInput } from '@mantine/core'
import { type FormEvent, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Alternative, Refusal } from '../../../core/domain/refusal.ts'
import { complain, toast } from '../../app/toast.tsx'
import { dispatch } from '../../desk/dispatch.ts'
import { read } from '../../desk/queries.ts'
import { refusalText } from '../../format/refusal.ts'
import { useFormat } from '../../format/useFormat.ts'
import { useLimit } from '../../format/useLimit.ts'
import { Refused } from '../booking/Refused.tsx'
import classes from './DecideDialog.module.css'
import { type Asking, decide, decision, useDeciding } from './deciding.ts'

/** What becomes of the competitors; the first does nothing to them. */
const FATES = ['open', 'waiting', 'denied'] as const
type Fate = (typeof FATES)[number]

function close(): void {
  useDeciding.setState({ asking: null })
}

export function DecideDialog() {
  const asking = useDeciding((deciding) => deciding.asking)
  return asking && <Question key={`${asking.kind} ${asking.subject.token}`} asking={asking} />
}

function Question({ asking }: { asking: Asking }) {
  const { t } = useTranslation('requests')
  const { t: app } = useTranslation()
  const { t: refusalWords } = useTranslation('refusal')
  const format = useFormat()
  const limit = useLimit()
  const [fate, setFate] = useState<Fate>('open')
  const [reason, setReason] = useState('')
  const [refusal, setRefusal] = useState<Refusal | null>(asking.refusal)
  const { subject, kind } = asking
  useEffect(() => setRefusal(asking.refusal), [asking.refusal])
  const losers = kind === 'approve' ? asking.losers : []
  // Nothing is left to ask once the core has said no; what remains are the ways out.
  const asks = refusal === null
  const wantsReason = kind === 'deny' || fate === 'denied'

  const go = async (event: FormEvent) => {
    event.preventDefault()
    if (limit('reason', reason)) return
    const told = reason.trim()
    const decisions =
      kind === 'deny'
        ? [decision(subject.token, 'denied', { reason: told })]
        : [
            decision(subject.token, 'booked'),
            ...(fate === 'open' ? [] : losers).map((loser) =>
              decision(loser.token, fate, { reason: told, ifLost: true }),
            ),
          ]
    const no = await decide(decisions)
    if (no) setRefusal(no)
    else close()
  }
  const take = async (alternative: Alternative) => {
    const row = (await read('request.queue', {})).find((each) => each.token === subject.token)
    const date = row?.dates[0]
    if (!row || !date) return
    const { resource, start, end } = alternative
    const { id, outcome } = await dispatch('reservation.move', {
      token: subject.token,
      from: { resource: date.resource, start: date.start },
      to: { resource, start, end },
    })
    close()
    if (outcome.status === 'refused') complain(refusalText(refusalWords, outcome.refusal, format))
    else toast(t('movedRequest', { title: row.title, when: format.span(start, end) }), id)
  }
  const wait = async () => {
    const no = await decide([decision(subject.token, 'waiting')])
    if (no) setRefusal(no)
    else close()
  }

  return (
    <Modal
      opened
      onClose={close}
      title={t(`ask.${kind}`, { title: subject.title })}
      closeButtonProps={{ 'aria-label': app('close') }}
    >
      <form className={classes.form} onSubmit={(event) => void go(event)}>
        {refusal && <Refused refusal={refusal} onTake={(each) => void take(each)} />}
        {asks && losers.length > 0 && (
          <>
            <p>{t('ask.losers', { count: losers.length })}</p>
            <ul className={classes.losers}>
              {losers.map((loser) => (
                <li key={loser.token}>
                  <b>{loser.title || loser.who}</b> <span className="muted">{loser.who}</span>
                  <span className={classes.number}>{loser.number}</span>
                </li>
              ))}
            </ul>
            <Radio.Group
              label={t('ask.fate')}
              value={fate}
              onChange={(value) => setFate(value as Fate)}
            >
              <Stack gap={6} pt={4}>
                {FATES.map((each, index) => (
                  <Radio
                    key={each}
                    value={each}
                    label={t(`fate.${each}`)}
                    {...(index === 0 ? { 'data-autofocus': true } : {})}
                  />
                ))}
              </Stack>
            </Radio.Group>
          </>
        )}
        {asks && wantsReason && (
          <TextInput
            {...(kind === 'deny' ? { 'data-autofocus': true } : {})}
            label={t('ask.reason')}
            description={t('ask.reasonHint')}
            error={limit('reason', reason)}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
        )}
        <div className={classes.actions}>
          {asks ? (
            <Button
              type="submit"
              variant={kind === 'approve' ? 'filled' : 'default'}
              className={kind === 'deny' ? classes.danger : undefined}
            >
              {t(kind === 'approve' ? 'act.booked' : 'act.denied')}
            </Button>
          ) : (
            kind === 'approve' && (
              <Button data-autofocus onClick={() => void wait()}>
                {t('act.waiting')}
              </Button>
            )
          )}
          <Button onClick={close}>{t('ask.leave')}</Button>
        </div>
      </form>
    </Modal>
  )
}
