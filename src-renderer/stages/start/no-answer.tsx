import { Loader, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { Notice } from '../../parts/notice'

/** The page is there, but the program behind it does not let it in. */
export function NoAnswer(): ReactNode {
  return (
    <Notice
      tone="warning"
      title="The program does not answer."
      icon={<Loader size={16} aria-hidden />}
      role="status"
    >
      <Text>
        It is tried again by itself. In a browser, open the link that the program printed when it was started:
        it holds the key to this page.
      </Text>
    </Notice>
  )
}
