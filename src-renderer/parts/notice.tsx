import { CloseButton } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck, IconInfoCircle } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import classes from './notice.module.css'

const ICONS = {
  info: IconInfoCircle,
  good: IconCircleCheck,
  warning: IconAlertTriangle,
  bad: IconAlertTriangle,
}

interface NoticeProps {
  tone: keyof typeof ICONS
  title: string
  /** alert: read out at once; status: read out when there is time. */
  role?: 'alert' | 'status'
  /** In place of the tone's own sign. */
  icon?: ReactNode
  onClose?: () => void
  children?: ReactNode
}

/** Something to be read, in its place: its tone is told by a sign and a line, the words keep the colour of text. */
export function Notice({ tone, title, role, icon, onClose, children }: NoticeProps): ReactNode {
  const Icon = ICONS[tone]
  return (
    <div className={classes.notice} data-tone={tone} role={role}>
      <span className={classes.icon}>{icon ?? <Icon size={18} aria-hidden />}</span>
      <div className={classes.words}>
        <p className={classes.title}>{title}</p>
        {children}
      </div>
      {onClose === undefined ? null : <CloseButton size="sm" aria-label="Hide notice" onClick={onClose} />}
    </div>
  )
}
