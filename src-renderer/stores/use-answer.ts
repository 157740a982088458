import { useCallback, useEffect, useRef, useState } from 'react'
import type { SerializedError } from '../../src-shared/errors/studio-error'
import type { StudioClient } from '../connection/client'
import { errorOf, studio } from '../connection/studio'
import { useStudio } from './studio-store'

/** What is known of a question to the studio. */
interface Asked<T> {
  /** The newest answer; it stays while the question is asked again, so that nothing jumps. */
  answer: T | null
  error: SerializedError | null
  loading: boolean
  again: () => void
}

interface Kept<T> {
  subject: string
  answer: T | null
  error: SerializedError | null
  loading: boolean
}

/** Answers by subject, so that a step that is visited again shows at once what it showed before. */
const seen = new Map<string, unknown>()

/**
 * Asks the studio, and again whenever the key changes or a broken line is back.
 * @param subject what is asked about; an answer about another subject is never shown
 * @param key changes when the answer may have
 */
export function useAnswer<T>(
  subject: string,
  key: string,
  question: (client: StudioClient) => Promise<T>,
): Asked<T> {
  const [kept, setKept] = useState<Kept<T>>(() => begin<T>(subject))
  const newest = useRef(0)
  const asking = useRef(question)
  useEffect(() => {
    asking.current = question
  })
  const connected = useStudio((state) => state.connected)

  const read = useCallback(async (): Promise<void> => {
    const mine = ++newest.current
    try {
      const answer = await asking.current(await studio())
      if (newest.current !== mine) return
      seen.set(subject, answer)
      setKept({ subject, answer, error: null, loading: false })
    } catch (thrown) {
      if (newest.current !== mine) return
      const error = errorOf(thrown).toJSON()
      // A broken line is told by the window, and the question is asked again when it is back.
      const shown = error.tag === 'studio-unreachable' ? null : error
      setKept((before) => ({ ...of(before, subject), error: shown, loading: shown === null }))
    }
  }, [subject])

  useEffect(() => {
    if (connected) void read()
  }, [read, key, connected])

  return {
    ...of(kept, subject),
    again: () => {
      setKept((before) => ({ ...of(before, subject), error: null, loading: true }))
      void read()
    },
  }
}

function of<T>(kept: Kept<T>, subject: string): Kept<T> {
  return kept.subject === subject ? kept : begin<T>(subject)
}

function begin<T>(subject: string): Kept<T> {
  // A subject has answers of one kind only: it names the procedure.
  const answer = (seen.get(subject) as T | undefined) ?? null
  return { subject, answer, error: null, loading: true }
}
