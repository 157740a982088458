import { useState, type ReactNode } from 'react'
import { ask } from '../stores/change'
import classes from './title-bar.module.css'

/** The project's name, changed by typing over it: Enter keeps, Esc takes back. */
export function ProjectName({ name }: { name: string }): ReactNode {
  const [typed, setTyped] = useState(name)
  const keep = (): void => {
    const wanted = typed.trim()
    if (wanted === '') setTyped(name)
    else if (wanted !== name) void ask((client) => client.project.update({ name: wanted }))
  }
  return (
    <input
      className={classes.name}
      aria-label="Project name"
      value={typed}
      maxLength={200}
      spellCheck={false}
      autoComplete="off"
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={keep}
      onKeyDown={(event) => {
        if (event.key === 'Enter') event.currentTarget.blur()
        if (event.key === 'Escape') setTyped(name)
      }}
    />
  )
}
