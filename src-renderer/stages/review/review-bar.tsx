import { ActionIcon, Group, Input, SegmentedControl, Select, Text, Tooltip } from '@mantine/core'
import { IconSortAscending, IconSortDescending } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { Split } from '../../../src-shared/footprint/footprint'
import { PATCH_ORDERS, type PatchOrder } from '../../../src-shared/patches/patch-list'
import { PRESETS, STRETCHES, type Preset, type Stretch } from '../../../src-shared/patches/presets'
import { formatCount } from '../../parts/format'
import { useProject } from '../../stores/studio-store'
import { SPLIT_COLOURS } from '../../theme/data-colours'
import classes from './review-bar.module.css'
import { changeQuery, useReview, useSamples, type ThumbnailSize } from './review-store'
import { SampleFilters } from './sample-filters'
import { SourceSelect } from './source-select'
import { useSuspectSearch } from './suspect-search'

const SPLIT_CHOICES = [
  { value: 'all' as const, label: 'Both' },
  { value: 'train' as const, label: <SplitName split="train" name="Train" /> },
  { value: 'test' as const, label: <SplitName split="test" name="Test" /> },
]
const PRESET_CHOICES = (Object.keys(PRESETS) as Preset[]).map((value, i) => ({
  value,
  label: `${i + 1}  ${PRESETS[value].label}`,
}))
const STRETCH_CHOICES = (Object.keys(STRETCHES) as Stretch[]).map((value) => ({
  value,
  label: STRETCHES[value].label,
}))
const SIZE_CHOICES: { value: ThumbnailSize; label: string }[] = [
  { value: 'small', label: 'Small' },
  { value: 'medium', label: 'Medium' },
  { value: 'large', label: 'Large' },
]
const ORDER_CHOICES = (Object.keys(PATCH_ORDERS) as PatchOrder[]).map((value) => ({
  value,
  label: PATCH_ORDERS[value],
}))

/** What is shown of which samples, and in which order. */
export function ReviewBar(): ReactNode {
  const { query, preset, stretch, size } = useReview()
  const inProject = useProject() !== null
  const stretches = PRESETS[preset].stretches
  return (
    <Group gap="md" align="flex-end" component="section" aria-label="View">
      {inProject ? <SourceSelect /> : null}
      {query.file === null || query.file === undefined ? (
        <Labelled label="Samples of">
          <SegmentedControl
            aria-label="Samples of"
            size="xs"
            data={SPLIT_CHOICES}
            value={query.split ?? 'all'}
            onChange={(value) => changeQuery({ split: value === 'all' ? null : value })}
          />
        </Labelled>
      ) : null}
      <Select
        label="Bands"
        size="xs"
        w={200}
        data={PRESET_CHOICES}
        value={preset}
        allowDeselect={false}
        onChange={(value) => value !== null && useReview.setState({ preset: value })}
      />
      <Tooltip
        label={stretches ? STRETCHES[stretch].help : 'This layer has fixed colours.'}
        events={{ hover: true, focus: true, touch: false }}
      >
        <div>
          <Labelled label="Stretch">
            <SegmentedControl
              aria-label="Stretch"
              size="xs"
              data={STRETCH_CHOICES}
              value={stretch}
              disabled={!stretches}
              onChange={(value) => useReview.setState({ stretch: value })}
            />
          </Labelled>
        </div>
      </Tooltip>
      <Labelled label="Size">
        <SegmentedControl
          aria-label="Size"
          size="xs"
          data={SIZE_CHOICES}
          value={size}
          onChange={(value) => useReview.setState({ size: value })}
        />
      </Labelled>
      <Group gap={4} align="flex-end" wrap="nowrap">
        <Select
          label="Order"
          size="xs"
          w={168}
          data={ORDER_CHOICES}
          value={query.order}
          allowDeselect={false}
          onChange={(value) => value !== null && changeQuery({ order: value })}
        />
        <Direction />
      </Group>
      <SampleFilters />
      <Count />
    </Group>
  )
}

/** How many samples there are, and how far the search for suspects is. */
function Count(): ReactNode {
  const total = useSamples((state) => state.total)
  const of = useSamples((state) => state.of)
  const measured = useSuspectSearch((state) => state.measured)
  const words = of === 1 ? 'sample' : 'samples'
  const shown =
    total === null ? ' ' : `${total === of ? '' : `${formatCount(total)} of `}${formatCount(of)} ${words}`
  const searching =
    measured?.counts !== null || measured.total === 0
      ? null
      : `Looking for suspects: ${Math.floor((100 * measured.done) / measured.total)} %`
  return (
    <div className={classes.count}>
      {searching === null ? null : (
        <Text size="xs" c="dimmed">
          {searching}
        </Text>
      )}
      <Text>{shown}</Text>
    </div>
  )
}

/** A split with the colour that marks its thumbnails. */
function SplitName({ split, name }: { split: Split; name: string }): ReactNode {
  return (
    <span className={classes.split} style={{ borderColor: SPLIT_COLOURS[split] }}>
      {name}
    </span>
  )
}

function Labelled({ label, children }: { label: string; children: ReactNode }): ReactNode {
  return (
    <div>
      <Input.Label size="xs" component="span" className={classes.label}>
        {label}
      </Input.Label>
      {children}
    </div>
  )
}

function Direction(): ReactNode {
  const descending = useReview(({ query }) => query.descending)
  return (
    <Tooltip label={descending ? 'Descending' : 'Ascending'}>
      <ActionIcon
        variant="default"
        size={30}
        aria-label="Descending order"
        aria-pressed={descending}
        onClick={() => changeQuery({ descending: !descending })}
      >
        {descending ? (
          <IconSortDescending size={16} aria-hidden />
        ) : (
          <IconSortAscending size={16} aria-hidden />
        )}
      </ActionIcon>
    </Tooltip>
  )
}
