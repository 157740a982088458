import { Button, Text } from '@mantine/core'
import { IconCloud, IconX } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { IconButton } from '../../parts/icon-button'
import { choosePlace } from '../../places/choose-places'
import { sourceWords } from './source-words'
import classes from './sources-stage.module.css'

interface OtherSourceProps {
  label: string
  /** null: where the scenes are. */
  source: string | null
  onChange: (source: string | null) => Promise<boolean>
}

/** Where terrain or land cover comes from: where the scenes do, a folder of its own, or the public buckets. */
export function OtherSource({ label, source, onChange }: OtherSourceProps): ReactNode {
  const choose = async (): Promise<void> => {
    const folder = await choosePlace('imagery')
    if (folder !== null) await onChange(folder)
  }
  return (
    <div>
      <Text fw={600}>{label}</Text>
      <div className={classes.chosen}>
        <Text className={classes.path} c={source === null ? 'dimmed' : 'inherit'} title={source ?? ''}>
          {source === null ? 'Same as imagery' : sourceWords(source)}
        </Text>
        <Button
          variant="default"
          size="compact-sm"
          aria-label={`Choose folder for ${label}`}
          onClick={() => void choose()}
        >
          Choose folder
        </Button>
        <IconButton
          label={`${label} from the public buckets`}
          icon={<IconCloud size={16} aria-hidden />}
          disabled={source === 'aws'}
          onClick={() => void onChange('aws')}
        />
        <IconButton
          label={`${label} same as imagery`}
          icon={<IconX size={16} aria-hidden />}
          disabled={source === null}
          onClick={() => void onChange(null)}
        />
      </div>
    </div>
  )
}
