/**
 * PersonForm: everything that can be said of somebody; a name is enough.
 *
 * Sends only what was changed. Ctrl+Enter keeps, Esc leaves it as it was; what is wrong is said at the field.
 */
import { ActionIcon, Button, Select, Textarea, TextInput } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { type FormEvent, type KeyboardEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { emailAddress, personCard } from '../../../core/commands/calls.ts'
import { languages } from '../../../core/domain/language.ts'
import {
  MOST_PHONES,
  PERSON_FIELDS,
  type PersonCard,
  sameValue,
} from '../../../core/domain/person.ts'
import { isPhone } from '../../../core/domain/phone.ts'
import type { Refusal } from '../../../core/domain/refusal.ts'
import { report } from '../../app/ErrorBoundary.tsx'
import { complain, toast } from '../../app/toast.tsx'
import { useCommand } from '../../desk/useCommand.ts'
import { isTooLong } from '../../format/limits.ts'
import { useLimit } from '../../format/useLimit.ts'
import { Keys } from '../../ui/Keys.tsx'
import { Refused } from '../booking/Refused.tsx'
import classes from './People.module.css'

export const blankCard: PersonCard = {
  name: '',
  organisation: '',
  phones: [],
  email: '',
  street: '',
  postcode: '',
  town: '',
  language: '',
  note: '',
}

type Props = Readonly<{
  person: string
  card: PersonCard
  isNew?: boolean
  /** With the id where something was kept, without it where not. */
  onDone: (id?: string) => void
}>
type Wrong = Partial<Record<'name' | 'email', string>> & { phones?: Record<number, string> }

export function PersonForm({ person, card, isNew = false, onDone }: Props) {
  const { t } = useTranslation('people')
  const { t: app } = useTranslation()
  const add = useCommand('person.add')
  const change = useCommand('person.change')
  const form = useRef<HTMLFormElement>(null)
  const [typed, setTyped] = useState<PersonCard>({
    ...card,
    phones: card.phones.length > 0 ? card.phones : [''],
  })
  const [wrong, setWrong] = useState<Wrong>({})
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const limit = useLimit()
  const busy = add.busy || change.busy

  const set = (patch: Partial<PersonCard>) => setTyped((before) => ({ ...before, ...patch }))
  const setPhone = (at: number, phone: string) =>
    set({ phones: typed.phones.map((each, index) => (index === at ? phone : each)) })
  const text = (field: 'name' | 'organisation' | 'email' | 'street' | 'postcode' | 'town') => ({
    label: t(field),
    value: typed[field],
    error: limit(field, typed[field]) ?? wrong[field as 'name'],
    autoComplete: 'off',
    onChange: (event: { currentTarget: { value: string } }) =>
      set({ [field]: event.currentTarget.value }),
  })

  const check = (): Wrong => {
    const found: Wrong = {}
    if (typed.name.trim() === '') found.name = t('wrong.name')
    if (typed.email.trim() && !emailAddress.test(typed.email.trim())) found.email = t('wrong.email')
    const phones = typed.phones.flatMap((phone, at) =>
      phone.trim() === '' || isPhone(phone) ? [] : [[at, t('wrong.phone')] as const],
    )
    return phones.length > 0 ? { ...found, phones: Object.fromEntries(phones) } : found
  }

  const keep = async () => {
    if (busy) return
    const found = check()
    setWrong(found)
    if (Object.keys(found).length > 0 || isAnyTooLong(typed)) {
      requestAnimationFrame(() =>
        form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus(),
      )
      return
    }
    const full = personCard.parse({
      ...typed,
      phones: typed.phones.map((phone) => phone.trim()).filter(Boolean),
    })
    const changed = Object.fromEntries(
      PERSON_FIELDS.filter((field) => !sameValue(full[field], card[field])).map((field) => [
        field,
        full[field],
      ]),
    )
    if (!isNew && Object.keys(changed).length === 0) {
      onDone()
      return
    }
    try {
      const { id, outcome } = isNew
        ? await add.run({ person, card: full })
        : await change.run({ person, card: changed })
      if (outcome.status === 'refused') {
        setRefusal(outcome.refusal)
        return
      }
      if (outcome.status === 'accepted') {
        toast(t(isNew ? 'added' : 'kept', { name: full.organisation || full.name }), id)
      }
      onDone(person)
    } catch (error) {
      report(error, isNew ? 'person.add' : 'person.change')
      complain(app('failed.title'))
    }
  }
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    void keep()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault()
      void keep()
    } else if (event.key === 'Escape' && !event.defaultPrevented) {
      event.preventDefault()
      onDone()
    }
  }

  return (
    <form className={classes.form} onSubmit={onSubmit} onKeyDown={onKeyDown} ref={form} noValidate>
      <h2>{isNew ? t('newTitle') : card.organisation || card.name}</h2>
      {refusal && <Refused refusal={refusal} />}
      <div className={classes.fields}>
        <TextInput {...text('name')} autoFocus />
        <TextInput {...text('organisation')} />
        <div className={classes.phones}>
          {typed.phones.map((phone, at) => (
            <TextInput
              // biome-ignore lint/suspicious/noArrayIndexKey: a phone has no name but its place
              key={at}
              type="tel"
              label={at === 0 ? t('phone') : t('phoneNumber', { number: at + 1 })}
              value={phone}
              autoComplete="off"
              error={limit('phone', phone) ?? wrong.phones?.[at]}
              onChange={(event) => setPhone(at, event.currentTarget.value)}
              rightSection={
                typed.phones.length > 1 && (
                  <ActionIcon
                    variant="subtle"
                    color="gray"
                    size="sm"
                    aria-label={t('removePhone', { phone: phone || at + 1 })}
                    onClick={() => set({ phones: typed.phones.filter((_, index) => index !== at) })}
                  >
                    <IconX size={14} />
                  </ActionIcon>
                )
              }
            />
          ))}
          {typed.phones.length < MOST_PHONES && (
            <Button
              variant="subtle"
              size="compact-xs"
              leftSection={<IconPlus size={13} />}
              onClick={() => set({ phones: [...typed.phones, ''] })}
            >
              {t('morePhones')}
            </Button>
          )}
        </div>
        <TextInput {...text('email')} />
        <TextInput {...text('street')} />
        <div className={classes.place}>
          <TextInput {...text('postcode')} />
          <TextInput {...text('town')} />
        </div>
        <Select
          label={t('language')}
          value={typed.language || null}
          placeholder={t('languageNone')}
          clearable
          data={languages.map((each) => ({ value: each, label: app(`languageNames.${each}`) }))}
          onChange={(value) => set({ language: (value ?? '') as PersonCard['language'] })}
        />
        <Textarea
          label={t('noteInternal')}
          description={t('noteHint')}
          autosize
          minRows={2}
          maxRows={8}
          value={typed.note}
          error={limit('note', typed.note)}
          onChange={(event) => set({ note: event.currentTarget.value })}
        />
      </div>
      <div className={classes.acts}>
        <Button
          type="submit"
          variant="filled"
          aria-disabled={busy}
          aria-keyshortcuts="Control+Enter"
        >
          {t('keep')} <Keys keys="Ctrl ⏎" plain />
        </Button>
        <Button onClick={() => onDone()}>{t('leave')}</Button>
      </div>
    </form>
  )
}

const SIZED = ['name', 'organisation', 'email', 'street', 'postcode', 'town', 'note'] as const

function isAnyTooLong(card: PersonCard): boolean {
  return (
    SIZED.some((field) => isTooLong(field, card[field])) ||
    card.phones.some((phone) => isTooLong('phone', phone))
  )
}
