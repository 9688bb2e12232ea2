/** TargetForm: where to, which halls, how much of them, for how long and in which language. */
import { Button, Checkbox, MultiSelect, Radio, Select, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { type Language, languages } from '../../../core/domain/language.ts'
import { DETAILS, type Detail } from '../../../core/domain/publish-target.ts'
import type { ResourceRow } from '../../../core/domain/resource.ts'
import { desk } from '../../desk/client.ts'
import { useLimit } from '../../format/useLimit.ts'
import { hallOptions } from '../booking/hallOptions.ts'
import classes from './Publish.module.css'
import { AHEAD_DAYS, BACK_DAYS, type TargetArgs, type Wrong } from './targetDraft.ts'

type Props = Readonly<{
  draft: TargetArgs
  halls: readonly ResourceRow[]
  wrong: Readonly<Partial<Record<'name' | 'folder' | 'halls', Wrong>>>
  onChange(draft: TargetArgs): void
}>

const isWindows = navigator.userAgent.includes('Windows')
const EXAMPLE = isWindows ? 'W:\\website\\hallen' : '/srv/www/hallen'
/** In a browser a page may not ask for folders. */
const canChoose = window.desk !== undefined

export function TargetForm({ draft, halls, wrong, onChange }: Props) {
  const { t } = useTranslation('publish')
  const { t: app } = useTranslation()
  const set = (part: Partial<TargetArgs>) => onChange({ ...draft, ...part })
  const limit = useLimit()
  const say = (which: Wrong | undefined) =>
    which && which !== 'long' ? t(which, { example: EXAMPLE }) : undefined
  const choose = async () => {
    const reply = await desk.invoke('chooseFolder')
    if (reply.ok && reply.value) set({ folder: reply.value })
  }
  const ahead: Readonly<Record<number, string>> = {
    31: t('oneMonth'),
    92: t('threeMonths'),
    183: t('sixMonths'),
    365: t('year'),
    730: t('twoYears'),
  }
  return (
    <>
      <div className={classes.folder}>
        <TextInput
          label={t('folder')}
          description={t('folderHint')}
          inputWrapperOrder={['label', 'input', 'error', 'description']}
          placeholder={EXAMPLE}
          data-pane-focus
          autoFocus={draft.folder === ''}
          value={draft.folder}
          error={limit('folder', draft.folder) ?? say(wrong.folder)}
          onChange={(event) => set({ folder: event.currentTarget.value })}
        />
        {canChoose && <Button onClick={() => void choose()}>{t('choose')}</Button>}
      </div>
      <TextInput
        label={t('name')}
        value={draft.name}
        error={limit('target', draft.name) ?? say(wrong.name)}
        onChange={(event) => set({ name: event.currentTarget.value })}
      />
      <Radio.Group
        label={t('detail')}
        value={draft.detail}
        onChange={(detail) => set({ detail: detail as Detail })}
      >
        <div className={classes.choices}>
          {DETAILS.map((each) => (
            <Radio
              key={each}
              size="xs"
              value={each}
              label={t(`details.${each}`)}
              description={t(`detailHint.${each}`)}
            />
          ))}
        </div>
      </Radio.Group>
      <Radio.Group
        label={t('halls')}
        value={draft.halls === null ? 'all' : 'some'}
        onChange={(value) => set({ halls: value === 'all' ? null : halls.map((each) => each.id) })}
      >
        <div className={classes.inline}>
          <Radio size="xs" value="all" label={t('allHalls')} />
          <Radio size="xs" value="some" label={t('someHalls')} />
        </div>
      </Radio.Group>
      {draft.halls && (
        <MultiSelect
          size="xs"
          aria-label={t('someHalls')}
          searchable
          openOnFocus={false}
          data={hallOptions(halls)}
          value={draft.halls}
          error={say(wrong.halls)}
          onChange={(chosen) => set({ halls: chosen })}
        />
      )}
      <div className={classes.three}>
        <Select
          label={t('back')}
          data={withOwn(BACK_DAYS, draft.daysBack).map((days) => ({
            value: String(days),
            label: days === 0 ? t('none') : t('days', { count: days }),
          }))}
          value={String(draft.daysBack)}
          onChange={(value) => set({ daysBack: Number(value) })}
        />
        <Select
          label={t('ahead')}
          data={withOwn(AHEAD_DAYS, draft.daysAhead).map((days) => ({
            value: String(days),
            label: ahead[days] ?? t('days', { count: days }),
          }))}
          value={String(draft.daysAhead)}
          onChange={(value) => set({ daysAhead: Number(value) })}
        />
        <Select
          label={t('language')}
          data={languages.map((each) => ({ value: each, label: app(`languageNames.${each}`) }))}
          value={draft.language}
          onChange={(value) => set({ language: value as Language })}
        />
      </div>
      <Checkbox
        label={t('automatic')}
        description={t('automaticHint')}
        checked={draft.automatic}
        onChange={(event) => set({ automatic: event.currentTarget.checked })}
      />
    </>
  )
}

/** The usual choices, and what is set where it is none of them. */
function withOwn(usual: readonly number[], own: number): number[] {
  return [...new Set([...usual, own])].sort((one, other) => one - other)
}
