import { useEffect, useRef, useState } from 'react'
import type { SerializedError } from '../../src-shared/errors/studio-error'
import type { StudioClient } from '../connection/client'
import { errorOf, studio } from '../connection/studio'
import { useStudio } from './studio-store'

/** What is known of a question to the studio. */
export interface Asked<T> {
  /** The newest answer; it stays while the question is asked again, so that nothing jumps. */
  answer: T | null
  error: SerializedError | null
  loading: boolean
  again: () => void
}

interface Kept<T> {
  subject: string
  /** What the answer or the error is the answer to; null before the first one. */
  key: string | null
  answer: T | null
  error: SerializedError | null
}

/** Answers by subject, so that a step that is visited again shows at once what it showed before. */
const seen = new Map<string, unknown>()

/**
 * Asks the studio, and again whenever the key changes or a broken line is back.
 * @param subject what is asked about, beginning with the name of the procedure; an answer about another subject is
 * never shown
 * @param key changes when the answer may have
 */
export function useAnswer<T>(
  subject: string,
  key: string,
  question: (client: StudioClient) => Promise<T>,
): Asked<T> {
  const [attempt, setAttempt] = useState(0)
  const [kept, setKept] = useState<Kept<T>>(() => begin<T>(subject))
  const connected = useStudio((state) => state.connected)
  const wanted = `${attempt} ${key}`
  const asking = useRef(question)
  useEffect(() => {
    asking.current = question
  })

  useEffect(() => {
    if (!connected) return
    let left = false
    void ask()
    return () => {
      left = true
    }

    async function ask(): Promise<void> {
      try {
        const answer = await asking.current(await studio())
        seen.set(subject, answer)
        if (!left) setKept({ subject, key: wanted, answer, error: null })
      } catch (thrown) {
        const error = errorOf(thrown).toJSON()
        // A broken line is told by the window, and the question is asked again when it is back.
        if (left || error.tag === 'studio-unreachable') return
        setKept((before) => ({ ...about(before, subject), key: wanted, error }))
      }
    }
  }, [subject, wanted, connected])

  const { answer, error, key: answered } = about(kept, subject)
  return {
    answer,
    error,
    loading: answered !== wanted,
    again: () => setAttempt((before) => before + 1),
  }
}

function about<T>(kept: Kept<T>, subject: string): Kept<T> {
  return kept.subject === subject ? kept : begin<T>(subject)
}

function begin<T>(subject: string): Kept<T> {
  // A subject names its procedure, so all answers about it are of one kind.
  return { subject, key: null, answer: (seen.get(subject) as T | undefined) ?? null, error: null }
}
