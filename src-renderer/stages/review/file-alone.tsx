import { Title } from '@mantine/core'
import { IconHome } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { OpenedFile } from '../../../src-shared/api/opened-file'
import { carryOut } from '../../frame/carry-out'
import { ColourSchemeMenu } from '../../frame/colour-scheme-menu'
import titleBar from '../../frame/title-bar.module.css'
import { IconButton } from '../../parts/icon-button'
import { useDrop } from '../../places/drops'
import { openDataset } from '../../places/open-dataset'
import classes from './file-alone.module.css'
import { ReviewBar } from './review-bar'
import stage from './review-stage.module.css'
import { SampleChips } from './sample-chips'
import { SamplesView } from './samples-view'

/** The window around a file of samples that is looked at alone: no steps, and no marks. */
export default function FileAlone({ file }: { file: OpenedFile }): ReactNode {
  const drop = useDrop(
    ([path]) => void openDataset(path),
    'Close this file and open the other one with the button',
  )
  return (
    <div className={classes.frame}>
      <header className={titleBar.bar}>
        <IconButton
          label="Close file"
          icon={<IconHome size={18} aria-hidden />}
          onClick={() => carryOut('close-file')}
        />
        <Title order={1} size="h3" className={classes.name}>
          {file.name}
        </Title>
        <span className={classes.path} title={file.path}>
          {file.path}
        </span>
        <ColourSchemeMenu />
      </header>
      <main className={classes.place}>
        <div className={stage.stage} data-over={drop.over || undefined} {...drop.handlers}>
          <ReviewBar />
          <SampleChips />
          <SamplesView />
        </div>
      </main>
    </div>
  )
}
