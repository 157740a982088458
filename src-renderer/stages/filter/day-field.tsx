import { TextInput, VisuallyHidden } from '@mantine/core'
import { memo, useId, useState, type ReactNode } from 'react'
import { z } from 'zod'

interface DayFieldProps {
  label: string
  /** `YYYY-MM-DD`; null: no limit. */
  value: string | null
  error: string | null
  onChange: (day: string | null) => void
}

const daySchema = z.iso.date()

/** A day to type or to choose; taken over with Enter or by leaving the field. */
export const DayField = memo(function DayField({ label, value, error, onChange }: DayFieldProps): ReactNode {
  const id = useId()
  const [typed, setTyped] = useState<string | null>(null)
  const valid = typed === null || typed === '' || daySchema.safeParse(typed).success
  const take = (): void => {
    if (typed === null || !valid) return
    setTyped(null)
    const day = typed === '' ? null : typed
    if (day !== value) onChange(day)
  }
  return (
    <>
      <VisuallyHidden>
        <label htmlFor={id}>{label}</label>
      </VisuallyHidden>
      <TextInput
        id={id}
        type="date"
        value={typed ?? value ?? ''}
        error={valid ? error : 'No such day'}
        onChange={({ currentTarget }) => setTyped(currentTarget.value)}
        onBlur={take}
        onKeyDown={({ key }) => {
          if (key === 'Enter') take()
        }}
      />
    </>
  )
})
