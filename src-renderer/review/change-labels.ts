import { useProject, useStudio } from '../stores/studio-store'
import { useView } from '../stores/view-store'
import { useReviewMarks } from './marks-store'

/** What undo and redo would do, in words; null where there is nothing. */
interface ChangeLabels {
  undo: string | null
  redo: string | null
}

const NOTHING: ChangeLabels = { undo: null, redo: null }

/** What undo and redo would do in the step that is shown: with marks in Review, with settings elsewhere. */
export function useChangeLabels(): ChangeLabels {
  const inReview = useView(({ stage }) => stage === 'review')
  const review = useReviewMarks((state) => state.review)
  const project = useProject()
  return (inReview ? review : project) ?? NOTHING
}

/** The same of marks, at this moment; null where Review is not shown. */
export function presentMarkLabels(): ChangeLabels | null {
  const isOpen = (useStudio.getState().state?.project ?? null) !== null
  if (!isOpen || useView.getState().stage !== 'review') return null
  return useReviewMarks.getState().review ?? NOTHING
}
