import { Button, Menu } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { REVIEW_REASONS, type ReviewReason } from '../../../src-shared/review/marks'
import { markOf, useReviewMarks } from '../../review/marks-store'
import { knownSamples, markSelected } from './mark-selected'
import { useSamples } from './review-store'
import { useSelectedRanges } from './selection'

/** Says why what is selected is excluded; choosing a reason excludes what was not. */
export function ReasonMenu({ label }: { label: string }): ReactNode {
  const reasons = useCommonReasons()
  const none = useSamples(({ selected }) => selected === null)
  const toggle = (reason: ReviewReason, chosen: boolean): void => {
    const others = reasons.filter((each) => each !== reason)
    void markSelected('exclude', chosen ? [...others, reason] : others)
  }
  return (
    <Menu position="bottom-start" shadow="md" withinPortal>
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
        <Menu.Label>Exclude because of</Menu.Label>
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

/** Reasons that all selected samples have, as far as they are loaded. */
function useCommonReasons(): ReviewReason[] {
  useReviewMarks(({ revision }) => revision)
  const ranges = useSelectedRanges()
  const { there } = knownSamples(ranges)
  const compared = there.slice(0, MOST_COMPARED).map((sample) => markOf(sample)?.reasons ?? [])
  return compared.length === 0
    ? []
    : REASONS.filter((reason) => compared.every((reasons) => reasons.includes(reason)))
}
