/**
 * Halls: what can be reserved and when, from nothing to a first booking.
 *
 * Each row shows how many hours are open in the next four weeks, so that a hall without availability is seen at once.
 */
import { Button, Menu } from '@mantine/core'
import { IconDots, IconPlus } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Refusal } from '../../../core/domain/refusal.ts'
import { addDays, HOUR_MS, startOfDay } from '../../../core/domain/time.ts'
import type { CalendarRows, ResourceRow } from '../../../core/queries/rows.ts'
import { report } from '../../app/ErrorBoundary.tsx'
import { complain, toast } from '../../app/toast.tsx'
import { useView } from '../../desk/store.ts'
import { useCommand } from '../../desk/useCommand.ts'
import { useToday } from '../../desk/useNow.ts'
import { useQuery } from '../../desk/useQuery.ts'
import { useFormat } from '../../format/useFormat.ts'
import { Empty } from '../../ui/Empty.tsx'
import { Page } from '../../ui/Page.tsx'
import { Refused } from '../booking/Refused.tsx'
import { orderHalls } from '../calendar/halls.ts'
import { HallDialog } from './HallDialog.tsx'
import classes from './Halls.module.css'
import { UnnamedHalls } from './UnnamedHalls.tsx'
import type { Given } from './websiteKey.ts'
import '../calendar/hues.css'

const LOOKS_AHEAD_DAYS = 28

type Open =
  | Readonly<{ dialog: 'none' }>
  | Readonly<{ dialog: 'hall'; hall: ResourceRow | null; parent: string | null; given?: Given }>

export function Halls() {
  const { t } = useTranslation('settings')
  const { t: app } = useTranslation()
  const format = useFormat()
  const route = useView((view) => view.route)
  const [open, setOpen] = useState<Open>({ dialog: 'none' })
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const { rows: halls } = useQuery('resource.all', {})
  const today = useToday(format.zone)
  const { rows: range } = useQuery('calendar.range', {
    start: startOfDay(today, format.zone),
    end: startOfDay(addDays(today, LOOKS_AHEAD_DAYS), format.zone),
  })
  const remove = useCommand('resource.remove')

  // Whoever comes from an empty calendar or panel wants the form, not the list.
  useEffect(() => {
    const wanted = new URLSearchParams(route.split('?')[1] ?? '')
    if (wanted.has('add')) setOpen({ dialog: 'hall', hall: null, parent: null })
    else return
    useView.getState().go('settings/halls')
  }, [route])
  if (!halls) return null

  const close = () => setOpen({ dialog: 'none' })
  const addHall = (parent: string | null = null) => setOpen({ dialog: 'hall', hall: null, parent })
  const onRemove = async (hall: ResourceRow) => {
    try {
      const { id, outcome } = await remove.run({ resource: hall.id })
      setRefusal(outcome.status === 'refused' ? outcome.refusal : null)
      if (outcome.status === 'accepted') toast(t('halls.removed', { name: hall.name }), id)
    } catch (error) {
      report(error, 'resource.remove')
      complain(app('failed.title'))
    }
  }

  return (
    <Page
      title={t('halls.title')}
      lead={t('halls.lead')}
      aside={
        halls.length > 0 && (
          <div className={classes.actions}>
            <Button onClick={() => openTimes()}>{t('halls.availability')}</Button>
            <Button
              variant="filled"
              leftSection={<IconPlus size={15} stroke={2} />}
              onClick={() => addHall()}
            >
              {t('halls.add')}
            </Button>
          </div>
        )
      }
    >
      {refusal && <Refused refusal={refusal} />}
      <UnnamedHalls
        onName={(given) => setOpen({ dialog: 'hall', hall: null, parent: null, given })}
      />
      {halls.length === 0 && (
        <Empty
          action={
            <Button variant="filled" onClick={() => addHall()}>
              {t('halls.add')}
            </Button>
          }
        >
          {t('halls.empty')}
        </Empty>
      )}
      <div className={classes.list}>
        {orderHalls(halls).map((entry) =>
          entry.kind === 'group' ? (
            <h2 key={`group ${entry.name}`}>{entry.name || t('halls.ungrouped')}</h2>
          ) : (
            <div
              key={entry.hall.id}
              className={classes.row}
              data-hue={entry.hall.color}
              style={{ paddingLeft: 12 + entry.depth * 20 }}
            >
              <span className={classes.name}>
                <i aria-hidden="true" />
                {entry.hall.name}
              </span>
              <span className={classes.kind}>{t(`hall.kinds.${entry.hall.kind}`)}</span>
              <span className={classes.number}>
                {entry.hall.capacity === null ? '' : format.number(entry.hall.capacity)}
              </span>
              <Hours hall={entry.hall} range={range} />
              <span className={classes.actions}>
                <Button size="compact-xs" onClick={() => openTimes(entry.hall.id)}>
                  {t('halls.availability')}
                </Button>
                <Menu position="bottom-end">
                  <Menu.Target>
                    <Button size="compact-xs" aria-label={`${entry.hall.name}: ${t('halls.edit')}`}>
                      <IconDots size={16} stroke={1.5} />
                    </Button>
                  </Menu.Target>
                  <Menu.Dropdown>
                    <Menu.Item
                      onClick={() => setOpen({ dialog: 'hall', hall: entry.hall, parent: null })}
                    >
                      {t('halls.edit')}
                    </Menu.Item>
                    <Menu.Item onClick={() => addHall(entry.hall.id)}>
                      {t('halls.addPart')}
                    </Menu.Item>
                    <Menu.Item color="red" onClick={() => void onRemove(entry.hall)}>
                      {t('halls.remove')}
                    </Menu.Item>
                  </Menu.Dropdown>
                </Menu>
              </span>
            </div>
          ),
        )}
      </div>
      {open.dialog === 'hall' && (
        <HallDialog
          hall={open.hall}
          parent={open.parent}
          given={open.given}
          halls={halls}
          onClose={close}
          onOpenTimes={openTimes}
        />
      )}
    </Page>
  )
}

function openTimes(hall = ''): void {
  useView.getState().go(`availability/new?halls=${hall}`)
}

/** Hours open in the next four weeks; amber where there are none, since nobody could reserve. */
function Hours({ hall, range }: { hall: ResourceRow; range: CalendarRows | undefined }) {
  const { t } = useTranslation('settings')
  if (!range) return <span />
  const hours = range.free
    .filter((each) => each.resource === hall.id)
    .reduce((sum, each) => sum + (each.end - each.start) / HOUR_MS, 0)
  return (
    <span
      className={classes.hours}
      data-none={hours === 0 || undefined}
      title={t('halls.openNext')}
    >
      {hours === 0 ? t('halls.never') : t('halls.hoursOpen', { count: Math.round(hours) })}
    </span>
  )
}
