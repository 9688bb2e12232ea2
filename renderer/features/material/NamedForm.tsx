/** NamedForm: a name and a kind, for something new or to change what there is; with the way to remove it. */
import { Button, Select, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './Things.module.css'

type Props<K extends string> = Readonly<{
  label: string
  kinds: readonly Readonly<{ value: K; label: string }>[]
  action: string
  /** What it is now; absent: it is new. */
  given?: Readonly<{ name: string; kind: K }>
  onGive: (name: string, kind: K) => Promise<boolean>
  onRemove?: () => Promise<boolean>
}>

export function NamedForm<K extends string>(props: Props<K>) {
  const { label, kinds, action, given, onGive, onRemove } = props
  const { t } = useTranslation('material')
  const [name, setName] = useState(given?.name ?? '')
  const [kind, setKind] = useState<K | undefined>(given?.kind ?? kinds[0]?.value)
  const same = given !== undefined && given.name === name.trim() && given.kind === kind
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (name.trim() === '' || kind === undefined || same) return
    if ((await onGive(name.trim(), kind)) && !given) setName('')
  }
  return (
    <form className={classes.inline} onSubmit={(event) => void submit(event)}>
      <TextInput
        flex={1}
        miw={120}
        data-autofocus={given ? true : undefined}
        autoFocus={given !== undefined}
        aria-label={label}
        placeholder={label}
        maxLength={80}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Select
        w={112}
        allowDeselect={false}
        aria-label={t('things.kind')}
        data={[...kinds]}
        value={kind ?? null}
        onChange={(value) => setKind(kinds.find((one) => one.value === value)?.value ?? kind)}
      />
      <Button type="submit">{action}</Button>
      {onRemove && (
        <Button variant="subtle" color="red" onClick={() => void onRemove()}>
          {t('things.remove')}
        </Button>
      )}
    </form>
  )
}
