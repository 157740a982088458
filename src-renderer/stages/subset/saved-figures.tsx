import { Anchor, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { figureAddress, projectFileAddress } from '../../../src-shared/api/data-routes'
import type { Split } from '../../../src-shared/footprint/footprint'
import classes from './subset-stage.module.css'

/** The files of a drawn subset: the figure that the command line writes too, and the table. */
export function SavedFigures({ split }: { split: Split }): ReactNode {
  return (
    <Text size="xs" className={classes.files}>
      Save for {split}:
      <Anchor href={figureAddress(split, 'subset', 'png')} download={`${split}_distribution_subset.png`}>
        figure as PNG
      </Anchor>
      <Anchor href={figureAddress(split, 'subset', 'svg')} download={`${split}_distribution_subset.svg`}>
        figure as SVG
      </Anchor>
      <Anchor href={projectFileAddress(`${split}_subset.csv`)} download={`${split}_subset.csv`}>
        table as CSV
      </Anchor>
    </Text>
  )
}
