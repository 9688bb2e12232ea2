/**
 * PersonField: who reserves: found by name, organisation or the last digits of the phone, or new.
 *
 * Picking a known person fills the fields and keeps the link; what is then changed is changed for that person.
 * A name that matches nobody is a new person: no form in the way. Digits are never a name: Enter takes whoever has them,
 * and where nobody does they are the new person's phone.
 */
import { CloseButton, Combobox, TextInput, useCombobox } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { type Ref, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isPhone, phoneShown } from '../../../core/domain/phone.ts'
import type { PersonRow } from '../../../core/queries/rows.ts'
import { report } from '../../app/ErrorBoundary.tsx'
import { read } from '../../desk/queries.ts'
import { useQuery } from '../../desk/useQuery.ts'
import { useDraft } from './draft.ts'
import classes from './PersonField.module.css'

/** A fast typist asks once a word. */
const PAUSE_MS = 50
/** One letter would list half the village. */
const ASKS_FROM = 2
const DIGITS = /^[+\d][\d\s()/.-]*$/

/** More would cover the rest of the form; another letter narrows it down. */
const SHOWN = 6

type Props = Readonly<{ id: string; error: string | undefined; inputRef?: Ref<HTMLInputElement> }>

export function PersonField({ id, error, inputRef }: Props) {
  const { t } = useTranslation('booking')
  const name = useDraft((draft) => draft.name)
  const person = useDraft((draft) => draft.person)
  const [typing, setTyping] = useState(false)
  const [asked] = useDebouncedValue(name.trim(), PAUSE_MS)
  const asks = typing && person === '' && asked.length >= ASKS_FROM
  const { rows: found = [] } = useQuery('person.find', asks ? { text: asked } : null)
  const box = useCombobox({ onDropdownClose: () => box.resetSelectedOption() })

  const pick = (row: PersonRow) => {
    const { name, organisation, phone, email } = row
    useDraft.setState({ person: row.id, name, organisation, phone, email })
    setTyping(false)
    box.closeDropdown()
    // The person's own fields are filled: what is left to say is what it is for.
    document.getElementById('booking-title')?.focus()
  }
  const byDigits = async () => {
    const digits = name.trim()
    const [first] = await read('person.find', { text: digits })
    if (first) pick(first)
    else if (isPhone(digits)) useDraft.setState({ name: '', phone: digits })
  }

  return (
    <Combobox
      store={box}
      transitionProps={{ duration: 0 }}
      onOptionSubmit={(value) => {
        const row = found.find((each) => each.id === value)
        if (row) pick(row)
      }}
    >
      <Combobox.Target withExpandedAttribute>
        <TextInput
          id={id}
          role="combobox"
          ref={inputRef ?? null}
          value={name}
          error={error}
          placeholder={t('namePlaceholder')}
          autoComplete="off"
          rightSection={
            person && (
              <CloseButton
                size="sm"
                aria-label={t('forget')}
                onClick={() => {
                  useDraft.setState({
                    person: '',
                    name: '',
                    organisation: '',
                    phone: '',
                    email: '',
                  })
                  document.getElementById(id)?.focus()
                }}
              />
            )
          }
          onChange={(event) => {
            useDraft.setState({ name: event.currentTarget.value })
            setTyping(true)
            box.openDropdown()
            box.updateSelectedOptionIndex()
          }}
          onKeyDown={(event) => {
            const isChosen = box.getSelectedOptionIndex() >= 0 && box.dropdownOpened
            if (event.key !== 'Enter' || isChosen || person !== '' || !DIGITS.test(name)) return
            if (event.ctrlKey || event.altKey || event.metaKey) return
            event.preventDefault()
            byDigits().catch((error: unknown) => report(error, 'person.find'))
          }}
          onBlur={() => box.closeDropdown()}
        />
      </Combobox.Target>
      <Combobox.Dropdown hidden={found.length === 0 || !asks}>
        <Combobox.Options aria-label={t('suggestions')}>
          {found.slice(0, SHOWN).map((row) => (
            <Combobox.Option key={row.id} value={row.id} className={classes.option}>
              <span className={classes.name}>
                {row.name}
                {row.organisation && <span className="muted">, {row.organisation}</span>}
              </span>
              <span className="muted">{phoneShown(row.phone)}</span>
              <span className={classes.count}>
                {row.bookings > 0 ? t('known', { count: row.bookings }) : t('knownNone')}
              </span>
            </Combobox.Option>
          ))}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  )
}
