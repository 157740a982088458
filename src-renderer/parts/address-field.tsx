import type { ReactNode } from 'react'
import { DraftTextInput } from './draft-text-input'
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

/** A web address as text. */
export function AddressField(props: AddressFieldProps): ReactNode {
  const { label, value, disabled = false, placeholder, describedBy, onChange } = props
  return (
    <DraftTextInput
      aria-label={label}
      {...(describedBy === undefined ? {} : { 'aria-describedby': describedBy })}
      placeholder={placeholder}
      value={value}
      inputMode="url"
      disabled={disabled}
      problemOf={(text) => (isWebAddress(text) ? null : 'An address begins with https:// or http://.')}
      onCommit={onChange}
    />
  )
}
