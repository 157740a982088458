import { Button, Code, List, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { unmatchedWords } from '../../src-shared/review/marks'
import { counted } from '../../src-shared/wording/counted'
import { ErrorCard } from '../parts/error-card'
import { Folded } from '../parts/folded'
import { Notice } from '../parts/notice'
import { ask } from '../stores/change'
import { useReviewMarks } from './marks-store'
import classes from './marks-notice.module.css'

/** What is wrong with the marks: they cannot be read or written, were recovered, or do not apply any more. */
export function MarksNotice(): ReactNode {
  const { review, fault } = useReviewMarks()
  if (fault !== null) return <ErrorCard error={fault.toJSON()} />
  if (review === null) return null
  const { error, recovered } = review
  return (
    <>
      {error === null ? null : <ErrorCard error={error} />}
      {recovered === null ? null : (
        <Notice tone="warning" role="status" title="The file with the marks was damaged.">
          <Text>
            It is kept as <Code>{recovered.keptAs}</Code> in the project folder.{' '}
            {`${counted(recovered.marks, 'mark')} could be read of it.`}
          </Text>
        </Notice>
      )}
      <Unmatched />
    </>
  )
}

function Unmatched(): ReactNode {
  const review = useReviewMarks((state) => state.review)
  if (review === null || review.unmatchedTotal === 0) return null
  const { unmatched, unmatchedTotal } = review
  const verb = unmatchedTotal === 1 ? 'does' : 'do'
  return (
    <Notice
      tone="warning"
      role="status"
      title={`${counted(unmatchedTotal, 'mark')} ${verb} not apply: the batch was cut again since.`}
    >
      <Text>Such samples go into the dataset. Look at them again, and mark them anew where that is due.</Text>
      <Folded
        what="marks"
        beside={
          <Button
            size="compact-sm"
            variant="default"
            onClick={() => void ask((client) => client.review.forgetUnmatched())}
          >
            Forget these marks
          </Button>
        }
      >
        {(opened) => (
          <div
            className={classes.list}
            tabIndex={opened ? 0 : -1}
            role="group"
            aria-label="Marks that do not apply"
          >
            <List size="sm">
              {unmatched.map((mark) => (
                <List.Item key={unmatchedWords(mark)}>
                  {`${mark.mark === 'keep' ? 'Keep' : 'Exclude'}, ${unmatchedWords(mark)}`}
                </List.Item>
              ))}
            </List>
            {unmatched.length < unmatchedTotal ? (
              <Text c="dimmed">{`The first ${unmatched.length} of ${unmatchedTotal.toLocaleString('en')}.`}</Text>
            ) : null}
          </div>
        )}
      </Folded>
    </Notice>
  )
}
