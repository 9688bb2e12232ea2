/**
 * AddressForm: where the server is, who this desk is there, and how the link is kept from others. What the server says
 * against it stands at the field that it is about, and the field has the focus then.
 */
import { Button, Checkbox, PasswordInput, TextInput } from '@mantine/core'
import { type ClipboardEvent, type FormEvent, type ReactNode, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ServerProblem } from '../../../core/contract.ts'
import { desk } from '../../desk/client.ts'
import { serverProblemText } from '../../format/serverProblem.ts'
import { type Field, NEEDED, pasted, type Texts, type, useTyping } from './address.ts'
import classes from './Database.module.css'

/** What each problem is about; the others are about all of it. */
const FIELD_OF: Readonly<Partial<Record<ServerProblem['code'], Field>>> = {
  unreachable: 'host',
  refused: 'password',
  'no-database': 'database',
  another: 'database',
  'no-rights': 'user',
  'no-encryption': 'tls',
  'not-trusted': 'ca',
  'no-certificate': 'ca',
}

/** In a browser a page may not ask for files; there it is typed. */
const canChoose = window.desk !== undefined

type Props = Readonly<{
  /** What the button says, and while it works. */
  go: string
  /** False: something is missing. */
  onGo: () => Promise<boolean>
  /** A password is kept, and stays where none is typed. */
  kept?: boolean
  children?: ReactNode
}>

export function AddressForm({ go, onGo, kept = false, children }: Props) {
  const { t } = useTranslation('database')
  const form = useRef<HTMLFormElement>(null)
  const [busy, setBusy] = useState(false)
  const { texts, missing, test } = useTyping()
  const problem = test && !test.ok ? test.problem : null
  const at = problem ? FIELD_OF[problem.code] : undefined

  const errorOf = (field: Field): string | undefined => {
    const need = NEEDED.find((one) => one === field)
    if (need && missing[need]) return t(`missing.${need}`)
    return problem && at === field ? serverProblemText(t, problem) : undefined
  }
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (busy) return
    setBusy(true)
    try {
      await onGo()
    } finally {
      setBusy(false)
      // Where something is wrong, what is typed next is meant for that field.
      requestAnimationFrame(() =>
        form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus(),
      )
    }
  }
  const onPaste = (event: ClipboardEvent) => {
    const found = pasted(event.clipboardData.getData('text'))
    if (!found) return
    event.preventDefault()
    type(found)
  }
  const field = (name: Exclude<Field, 'tls'>, more: object = {}) => ({
    id: `database-${name}`,
    label: t(`form.${name}`),
    value: texts[name],
    error: errorOf(name),
    // The kit's field for passwords does not say so by itself.
    'aria-invalid': errorOf(name) === undefined ? undefined : true,
    onChange: (event: { currentTarget: { value: string } }) =>
      type({ [name]: event.currentTarget.value } as Partial<Texts>),
    autoComplete: 'off',
    spellCheck: false,
    ...more,
  })
  return (
    <form ref={form} className={classes.form} onSubmit={submit} aria-busy={busy} noValidate>
      <div className={classes.server}>
        <TextInput
          {...field('host', { 'data-autofocus': true, autoFocus: true, maxLength: 253, onPaste })}
          description={errorOf('host') ? undefined : t('form.hostHint')}
          inputWrapperOrder={['label', 'input', 'error', 'description']}
        />
        <TextInput {...field('port', { inputMode: 'numeric', maxLength: 5 })} />
      </div>
      <div className={classes.pair}>
        <TextInput {...field('database', { maxLength: 63 })} />
        <TextInput {...field('user', { maxLength: 63 })} />
      </div>
      <div className={classes.pair}>
        <PasswordInput
          size="xs"
          {...field('password', { maxLength: 1000 })}
          placeholder={kept ? t('form.passwordKept') : ''}
        />
        <TextInput
          {...field('label', { maxLength: 80 })}
          placeholder={t('form.labelPlaceholder')}
          description={errorOf('label') ? undefined : t('form.labelHint')}
          inputWrapperOrder={['label', 'input', 'error', 'description']}
        />
      </div>
      <Checkbox
        id="database-tls"
        label={t('form.tls')}
        description={texts.tls ? undefined : t('form.tlsOff')}
        checked={texts.tls}
        error={errorOf('tls')}
        aria-invalid={errorOf('tls') ? true : undefined}
        onChange={(event) => type({ tls: event.currentTarget.checked })}
      />
      {texts.tls && <Certificates error={errorOf('ca')} />}
      <p role="alert" className={classes.alert}>
        {problem && !at && serverProblemText(t, problem)}
      </p>
      <div className={classes.buttons}>
        <Button type="submit" variant={test?.ok ? 'default' : 'filled'} aria-disabled={busy}>
          {busy ? t('form.testing') : go}
        </Button>
        {children}
      </div>
    </form>
  )
}

/** Those of the computer, or a file; the field holds the choice, so that a problem with it has a place. */
function Certificates({ error }: { error: string | undefined }) {
  const { t } = useTranslation('database')
  const ca = useTyping(({ texts }) => texts.ca)
  const choose = async () => {
    const reply = await desk.invoke('chooseCertificate')
    if (reply.ok && reply.value) type({ ca: reply.value })
  }
  return (
    <div className={classes.ca}>
      <TextInput
        id="database-ca"
        label={t('form.ca')}
        placeholder={canChoose ? t('form.caSystem') : t('form.caTyped')}
        readOnly={canChoose}
        spellCheck={false}
        maxLength={1000}
        value={ca}
        title={ca}
        error={error}
        onChange={(event) => type({ ca: event.currentTarget.value })}
      />
      {canChoose && (
        <div className={classes.buttons}>
          <Button onClick={() => void choose()}>{t('form.caChoose')}</Button>
          {ca !== '' && <Button onClick={() => type({ ca: '' })}>{t('form.caReset')}</Button>}
        </div>
      )}
    </div>
  )
}
