import { TextInput } from '@mantine/core'
import { useState, type ReactNode } from 'react'
import { isWebAddress } from './is-web-address'

interface AddressFieldProps {
  /** Name of the field, where no label stands beside it. */
  label: string
  value: string | null
  disabled?: boolean
  placeholder: string
  describedBy?: string
  /** Takes an address over, or null where the field was emptied. @returns whether that worked */
  onChange: (value: string | null) => Promise<boolean>
}

/** A web address as text: Enter and leaving the field take it over, Esc brings back what was. */
export function AddressField(props: AddressFieldProps): ReactNode {
  const { label, value, disabled = false, placeholder, describedBy, onChange } = props
  const [draft, setDraft] = useState<string | null>(null)
  const text = draft ?? value ?? ''
  const fits = text.trim() === '' || isWebAddress(text)
  const commit = async (): Promise<void> => {
    if (draft === null || !fits) return
    const wanted = draft.trim() === '' ? null : draft.trim()
    if (wanted === value || (await onChange(wanted))) setDraft(null)
  }
  return (
    <TextInput
      aria-label={label}
      {...(describedBy === undefined ? {} : { 'aria-describedby': describedBy })}
      placeholder={placeholder}
      value={text}
      inputMode="url"
      spellCheck={false}
      disabled={disabled}
      error={fits ? undefined : 'An address begins with https:// or http://.'}
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
