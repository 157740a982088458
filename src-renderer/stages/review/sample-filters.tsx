import {
  Button,
  Checkbox,
  Group,
  MultiSelect,
  NumberInput,
  Popover,
  Select,
  Stack,
  Text,
  TextInput,
} from '@mantine/core'
import { IconFilter } from '@tabler/icons-react'
import { useState, type ReactNode } from 'react'
import { WORLDCOVER_LABELS } from '../../../src-shared/dataset/worldcover'
import {
  RANGE_FILTER_NAMES,
  RANGE_FILTERS,
  REVIEW_CHOICES,
  type FilterRange,
  type PatchFilters,
  type RangeFilter,
} from '../../../src-shared/patches/patch-filters'
import { SUSPECT_RULE_NAMES, SUSPECT_RULES } from '../../../src-shared/patches/suspects'
import { formatCount } from '../../parts/format'
import { DayField } from '../filter/day-field'
import { activeSampleFilters, shown } from './filter-words'
import { changeFilters, useReview } from './review-store'
import classes from './sample-filters.module.css'
import { useSuspectSearch } from './suspect-search'

const REVIEW_NAMES = ['keep', 'exclude', 'none'] as const
const COVER_CHOICES = [...WORLDCOVER_LABELS].map(([value, label]) => ({ value: String(value), label }))

/** The button that shows the filters, with how many are active. */
export function SampleFilters(): ReactNode {
  const filters = useReview(({ query }) => query.filters ?? {})
  const active = activeSampleFilters(filters).length
  return (
    <Popover position="bottom-start" width={460} trapFocus returnFocus shadow="md">
      <Popover.Target>
        <Button size="xs" variant="default" leftSection={<IconFilter size={14} aria-hidden />}>
          {active === 0 ? 'Filters' : `Filters (${active})`}
        </Button>
      </Popover.Target>
      <Popover.Dropdown className={classes.panel}>
        <Fields filters={filters} />
      </Popover.Dropdown>
    </Popover>
  )
}

function Fields({ filters }: { filters: PatchFilters }): ReactNode {
  const { landCover, sceneDate } = filters
  const setDays = (change: Partial<NonNullable<PatchFilters['sceneDate']>>): void => {
    const days = { from: null, to: null, ...sceneDate, ...change }
    changeFilters({ sceneDate: days.from === null && days.to === null ? undefined : days })
  }
  return (
    <Stack gap="sm">
      {RANGE_FILTER_NAMES.map((name) => (
        <RangeRow key={name} name={name} range={filters[name]} />
      ))}
      <div className={classes.row}>
        <Text size="sm">Day of the scene</Text>
        <DayField
          label="Day of the scene, from"
          value={sceneDate?.from ?? null}
          error={null}
          onChange={(from) => setDays({ from })}
        />
        <DayField
          label="Day of the scene, to"
          value={sceneDate?.to ?? null}
          error={null}
          onChange={(to) => setDays({ to })}
        />
      </div>
      <MultiSelect
        label="Land cover, most of the window"
        size="xs"
        data={COVER_CHOICES}
        value={(landCover ?? []).map(String)}
        comboboxProps={{ withinPortal: false }}
        onChange={(values) =>
          changeFilters({ landCover: values.length === 0 ? undefined : values.map(Number) })
        }
      />
      <ReviewField value={filters.review ?? null} />
      <ProductField value={filters.product ?? ''} />
      <Suspects chosen={filters.suspects ?? []} />
    </Stack>
  )
}

function RangeRow({ name, range }: { name: RangeFilter; range: FilterRange | undefined }): ReactNode {
  const { label, unit } = RANGE_FILTERS[name]
  const set = (change: Partial<FilterRange>): void => {
    const next = { low: null, high: null, ...range, ...change }
    changeFilters({ [name]: next.low === null && next.high === null ? undefined : next })
  }
  return (
    <div className={classes.row}>
      <Text size="sm">
        {label}
        <Text span size="xs" c="dimmed">
          {' '}
          {unit}
        </Text>
      </Text>
      <Limit name={name} side="from" value={range?.low ?? null} onChange={(low) => set({ low })} />
      <Limit name={name} side="to" value={range?.high ?? null} onChange={(high) => set({ high })} />
    </div>
  )
}

interface LimitProps {
  name: RangeFilter
  side: 'from' | 'to'
  value: number | null
  onChange: (value: number | null) => void
}

/** One end of a range; taken over with Enter or by leaving the field. */
function Limit({ name, side, value, onChange }: LimitProps): ReactNode {
  const { label, scale, step } = RANGE_FILTERS[name]
  const [typed, setTyped] = useState<string | number | null>(null)
  const take = (): void => {
    if (typed === null) return
    setTyped(null)
    const number = typed === '' ? null : Number(typed) / scale
    if (number !== value && (number === null || Number.isFinite(number))) onChange(number)
  }
  return (
    <NumberInput
      size="xs"
      aria-label={`${label}, ${side}`}
      placeholder={side}
      step={step}
      value={typed ?? (value === null ? '' : Number(shown(value * scale)))}
      onChange={setTyped}
      onBlur={take}
      onKeyDown={({ key }) => {
        if (key === 'Enter') take()
      }}
    />
  )
}

/** Samples by their mark, which only those of batches have. */
function ReviewField({ value }: { value: PatchFilters['review'] | null }): ReactNode {
  const inBatches = useReview(({ query }) => (query.file ?? null) === null)
  if (!inBatches) return null
  return (
    <Select
      label="Mark of the review"
      size="xs"
      placeholder="Any"
      clearable
      data={Object.entries(REVIEW_CHOICES).map(([choice, label]) => ({ value: choice, label }))}
      value={value ?? null}
      comboboxProps={{ withinPortal: false }}
      onChange={(chosen) => changeFilters({ review: REVIEW_NAMES.find((name) => name === chosen) })}
    />
  )
}

function ProductField({ value }: { value: string }): ReactNode {
  const [typed, setTyped] = useState<string | null>(null)
  const take = (): void => {
    if (typed === null) return
    setTyped(null)
    const product = typed.trim()
    if (product !== value) changeFilters({ product: product === '' ? undefined : product })
  }
  return (
    <TextInput
      label="Product, part of its name"
      placeholder="T32TNT"
      size="xs"
      value={typed ?? value}
      onChange={({ currentTarget }) => setTyped(currentTarget.value)}
      onBlur={take}
      onKeyDown={({ key }) => {
        if (key === 'Enter') take()
      }}
    />
  )
}

/** The rules for suspects with what they say, and how many samples meet each. */
function Suspects({ chosen }: { chosen: NonNullable<PatchFilters['suspects']> }): ReactNode {
  const counts = useSuspectSearch(({ measured }) => measured?.counts ?? null)
  return (
    <Checkbox.Group
      label="Suspects only, of one of these rules"
      size="xs"
      value={chosen}
      onChange={(values) => {
        const rules = SUSPECT_RULE_NAMES.filter((rule) => values.includes(rule))
        changeFilters({ suspects: rules.length === 0 ? undefined : rules })
      }}
    >
      <Stack gap={6} mt={4}>
        {SUSPECT_RULE_NAMES.map((rule) => (
          <Group key={rule} gap="xs" wrap="nowrap" align="flex-start" justify="space-between">
            <Checkbox
              size="xs"
              value={rule}
              label={SUSPECT_RULES[rule].label}
              description={SUSPECT_RULES[rule].text}
            />
            <Text size="xs" className={classes.count}>
              {counts === null ? '' : formatCount(counts[rule])}
            </Text>
          </Group>
        ))}
      </Stack>
    </Checkbox.Group>
  )
}
