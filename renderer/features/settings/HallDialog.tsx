/**
 * HallDialog: one hall, room or part: what it is called, where it stands, how many fit in.
 *
 * A new hall can be given its times in the same breath, since a hall without availability helps nobody. Checked with
 * the schema of the core; its refusals stand on top.
 */
import {
  Autocomplete,
  Button,
  Checkbox,
  Group,
  Modal,
  Select,
  TagsInput,
  TextInput,
} from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type ArgsOf, resourceAdd } from '../../../core/commands/calls.ts'
import type { Refusal } from '../../../core/domain/refusal.ts'
import { RESOURCE_KINDS, RESOURCE_STEPS, type ResourceRow } from '../../../core/domain/resource.ts'
import { report } from '../../app/ErrorBoundary.tsx'
import { complain, toast } from '../../app/toast.tsx'
import { useCommand } from '../../desk/useCommand.ts'
import { countOf } from '../booking/check.ts'
import { Refused } from '../booking/Refused.tsx'
import classes from './HallDialog.module.css'
import { hallKey, nextColor, nextPosition } from './hallKey.ts'
import { type Given, isItsName, websiteKey } from './websiteKey.ts'

type Props = Readonly<{
  hall: ResourceRow | null
  /** For a new one: the whole it is a part of. */
  parent: string | null
  /** One that a website has made already. */
  given?: Given | undefined
  halls: readonly ResourceRow[]
  onClose: () => void
  onOpenTimes: (hall: string) => void
}>
type Facts = Omit<ArgsOf<'resource.add'>, 'key'>

/** The twelve hall colours of `tokens`. */
const COLORS = Array.from({ length: 12 }, (_, index) => index)

export function HallDialog({ hall, parent, given, halls, onClose, onOpenTimes }: Props) {
  const { t } = useTranslation('settings')
  const { t: app } = useTranslation()
  const whole = halls.find((each) => each.id === (hall?.parent ?? parent))
  const [facts, setFacts] = useState<Facts>(() => ({
    name: hall?.name ?? '',
    group: hall?.group ?? whole?.group ?? halls.at(-1)?.group ?? '',
    kind: hall?.kind ?? whole?.kind ?? 'hall',
    parent: hall?.parent ?? parent,
    sharesSpace: hall?.sharesSpace ?? true,
    capacity: hall?.capacity ?? null,
    features: [...(hall?.features ?? [])],
    aliases: [...(hall?.aliases ?? [])],
    step: hall?.step ?? whole?.step ?? null,
    color: hall?.color ?? whole?.color ?? nextColor(halls),
    position: hall?.position ?? nextPosition(halls),
  }))
  const [capacity, setCapacity] = useState(facts.capacity === null ? '' : String(facts.capacity))
  const [websiteName, setWebsiteName] = useState('')
  const [tried, setTried] = useState(false)
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const add = useCommand('resource.add')
  const change = useCommand('resource.change')

  const persons = countOf(capacity)
  const capacityWrong = persons === undefined || persons === 0
  const nameMissing = facts.name.trim() === ''
  const key = given ? websiteKey(given, websiteName, facts.name) : hallKey(facts.name, halls)
  const isKnown = given !== undefined && key !== null && isItsName(given, key)
  const set = (patch: Partial<Facts>) => setFacts((before) => ({ ...before, ...patch }))

  /** A hall that a website has made has its times there. */
  const isNew = hall === null && !given

  const save = async (thenTimes: boolean) => {
    setTried(true)
    if (nameMissing || capacityWrong || key === null || add.busy || change.busy) return
    const wanted = { ...facts, capacity: persons ?? null }
    try {
      if (hall) {
        const changed = difference(hall, wanted)
        if (Object.keys(changed).length === 0) return onClose()
        const { id, outcome } = await change.run({ resource: hall.id, facts: changed })
        if (outcome.status === 'refused') return setRefusal(outcome.refusal)
        if (outcome.status === 'accepted') toast(t('halls.changed', { name: wanted.name }), id)
        return onClose()
      }
      const args = resourceAdd.parse({ key, ...wanted })
      const { id, outcome } = await add.run(args)
      if (outcome.status === 'refused') return setRefusal(outcome.refusal)
      if (outcome.status === 'accepted') toast(t('halls.added', { name: wanted.name }), id)
      if (thenTimes && outcome.status === 'accepted') onOpenTimes(outcome.result.resource)
      else onClose()
    } catch (error) {
      report(error, 'resource')
      complain(app('failed.title'))
    }
  }
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    void save(isNew)
  }

  return (
    <Modal
      opened
      size={520}
      onClose={onClose}
      title={
        hall
          ? t('hall.editTitle', { name: hall.name })
          : t(given ? 'unnamed.dialog' : 'hall.addTitle')
      }
      closeButtonProps={{ 'aria-label': app('close') }}
    >
      <form className={classes.form} onSubmit={onSubmit}>
        {refusal && <Refused refusal={refusal} />}
        <TextInput
          data-autofocus
          label={t('hall.name')}
          placeholder={t('hall.namePlaceholder')}
          maxLength={120}
          value={facts.name}
          error={tried && nameMissing ? t('hall.nameMissing') : undefined}
          onChange={(event) => set({ name: event.currentTarget.value })}
        />
        {given && (
          <TextInput
            label={t('unnamed.websiteName')}
            description={t(isKnown ? 'unnamed.known' : 'unnamed.websiteHint')}
            inputWrapperOrder={['label', 'input', 'error', 'description']}
            maxLength={120}
            spellCheck={false}
            value={websiteName}
            error={key === null ? t('unnamed.notIt') : undefined}
            onChange={(event) => setWebsiteName(event.currentTarget.value)}
          />
        )}
        <TagsInput
          size="xs"
          label={t('hall.aliases')}
          placeholder={facts.aliases?.length ? '' : t('hall.aliasesPlaceholder')}
          maxTags={20}
          splitChars={[',', ';']}
          value={facts.aliases ?? []}
          onChange={(aliases) => set({ aliases })}
        />
        <div className={classes.pair}>
          <Autocomplete
            size="xs"
            label={t('hall.group')}
            placeholder={t('hall.groupPlaceholder')}
            maxLength={120}
            data={[...new Set(halls.map((each) => each.group).filter(Boolean))]}
            value={facts.group}
            onChange={(group) => set({ group })}
          />
          <Select
            label={t('hall.kind')}
            data={RESOURCE_KINDS.map((kind) => ({ value: kind, label: t(`hall.kinds.${kind}`) }))}
            value={facts.kind}
            onChange={(kind) => set({ kind: (kind ?? 'other') as Facts['kind'] })}
          />
        </div>
        <div className={classes.pair}>
          <TextInput
            label={t('hall.capacity')}
            placeholder={t('hall.capacityHint')}
            inputMode="numeric"
            value={capacity}
            error={tried && capacityWrong ? t('hall.capacityWrong') : undefined}
            onChange={(event) => setCapacity(event.currentTarget.value)}
          />
          <Select
            label={t('hall.step')}
            data={[
              { value: '', label: t('hall.stepNone') },
              ...RESOURCE_STEPS.map((step) => ({
                value: String(step),
                label: t('hall.steps', { count: step }),
              })),
            ]}
            value={facts.step ? String(facts.step) : ''}
            onChange={(value) =>
              set({ step: RESOURCE_STEPS.find((step) => String(step) === value) ?? null })
            }
          />
        </div>
        <div className={classes.pair}>
          <Select
            label={t('hall.parent')}
            data={[
              { value: '', label: t('hall.parentNone') },
              ...halls
                .filter((each) => each.id !== hall?.id)
                .map((each) => ({ value: each.id, label: each.name })),
            ]}
            value={facts.parent ?? ''}
            onChange={(value) => set({ parent: value || null })}
          />
        </div>
        {facts.parent && (
          <Checkbox
            label={t('hall.sharesSpace')}
            description={t('hall.sharesSpaceHint')}
            checked={facts.sharesSpace}
            onChange={(event) => set({ sharesSpace: event.currentTarget.checked })}
          />
        )}
        <TagsInput
          size="xs"
          label={t('hall.features')}
          description={t('hall.featuresHint')}
          placeholder={facts.features.length === 0 ? t('hall.featuresPlaceholder') : ''}
          maxTags={40}
          splitChars={[',', ';']}
          value={facts.features}
          onChange={(features) => set({ features })}
        />
        <fieldset className={classes.colors}>
          <legend>{t('hall.color')}</legend>
          {COLORS.map((color) => (
            <label
              key={color}
              data-hue={color}
              title={t('hall.colorNumber', { number: color + 1 })}
            >
              <input
                type="radio"
                name="color"
                className="visually-hidden"
                checked={facts.color === color}
                aria-label={t('hall.colorNumber', { number: color + 1 })}
                onChange={() => set({ color })}
              />
              <i aria-hidden="true" />
            </label>
          ))}
        </fieldset>
        <Group gap={8}>
          <Button type="submit" variant="filled">
            {t(isNew ? 'hall.saveAndOpen' : 'hall.save')}
          </Button>
          {isNew && <Button onClick={() => void save(false)}>{t('hall.save')}</Button>}
          <Button onClick={onClose}>{app('cancel')}</Button>
        </Group>
      </form>
    </Modal>
  )
}

/** Only what changes travels, so that two clerks changing different facts do not undo each other. */
function difference(before: ResourceRow, after: Facts): Partial<Facts> {
  const changed = (Object.keys(after) as (keyof Facts)[]).filter(
    (key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]),
  )
  return Object.fromEntries(changed.map((key) => [key, after[key]])) as Partial<Facts>
}
