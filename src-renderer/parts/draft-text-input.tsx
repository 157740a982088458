import { TextInput, type TextInputProps } from '@mantine/core'
import { useState, type ReactNode } from 'react'

interface DraftTextInputProps extends Omit<
  TextInputProps,
  'value' | 'error' | 'onChange' | 'onBlur' | 'onKeyDown'
> {
  value: string | null
  /** What is wrong with a text, as a sentence; null where it can be taken over. An empty one always can. */
  problemOf: (text: string) => string | null
  /** Takes a text over, or null where the field was emptied. @returns whether that worked */
  onCommit: (value: string | null) => Promise<boolean>
}

/** A text that may be left out: Enter and leaving the field take it over, Esc brings back what was. */
export function DraftTextInput({ value, problemOf, onCommit, ...field }: DraftTextInputProps): ReactNode {
  const [draft, setDraft] = useState<string | null>(null)
  const text = draft ?? value ?? ''
  const problem = text.trim() === '' ? null : problemOf(text)
  const commit = async (): Promise<void> => {
    if (draft === null || problem !== null) return
    const wanted = draft.trim() === '' ? null : draft.trim()
    if (wanted === value || (await onCommit(wanted))) setDraft(null)
  }
  return (
    <TextInput
      {...field}
      value={text}
      spellCheck={false}
      error={problem ?? undefined}
      onChange={(event) => setDraft(event.currentTarget.value)}
      onBlur={() => void commit()}
      onKeyDown={(event) => {
        if (event.key === 'Enter') void commit()
        if (event.key === 'Escape' && draft !== null) {
          event.stopPropagation()
          setDraft(null)
        }
      }}
    />
  )
}
