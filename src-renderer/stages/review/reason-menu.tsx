import { Button, Menu } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { GridSample } from '../../../src-shared/api/contract'
import { REVIEW_REASONS, type ReviewReason } from '../../../src-shared/review/marks'
import { markOf, markSamples, useReviewMarks } from '../../review/marks-store'
import { knownSamples, markSelected } from './mark-selected'
import { useSamples } from './review-store'
import { useSelectedRanges } from './selection'

interface ReasonMenuProps {
  label: string
  /** The sample it is about; null: all that is selected. */
  sample: GridSample | null
}

/** Says why a sample, or what is selected, is excluded; choosing a reason excludes what was not. */
export function ReasonMenu({ label, sample }: ReasonMenuProps): ReactNode {
  const reasons = useCommonReasons(sample)
  const none = useSamples(({ selected }) => selected === null)
  const toggle = (reason: ReviewReason, chosen: boolean): void => {
    const others = reasons.filter((each) => each !== reason)
    const next = chosen ? [...others, reason] : others
    void (sample === null ? markSelected('exclude', next) : markSamples([sample], 'exclude', next))
  }
  return (
    <Menu position="bottom-start" shadow="md" withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <Button
          size="compact-sm"
          variant="default"
          rightSection={<IconChevronDown size={14} aria-hidden />}
          aria-label={label}
          disabled={none}
        >
          Reason
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {REASONS.map((reason) => (
          <Menu.CheckboxItem
            key={reason}
            checked={reasons.includes(reason)}
            onChange={(chosen) => toggle(reason, chosen)}
          >
            {REVIEW_REASONS[reason]}
          </Menu.CheckboxItem>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

const REASONS = Object.keys(REVIEW_REASONS) as ReviewReason[]
/** Samples that are looked at for the reasons they have in common; of more, the first so many. */
const MOST_COMPARED = 1000

/** Reasons that the sample has, or all that are selected, as far as they are loaded. */
function useCommonReasons(sample: GridSample | null): ReviewReason[] {
  useReviewMarks(({ revision }) => revision)
  const ranges = useSelectedRanges()
  const there = sample === null ? knownSamples(ranges).there : [sample]
  const compared = there.slice(0, MOST_COMPARED).map((each) => markOf(each)?.reasons ?? [])
  return compared.length === 0
    ? []
    : REASONS.filter((reason) => compared.every((reasons) => reasons.includes(reason)))
}
