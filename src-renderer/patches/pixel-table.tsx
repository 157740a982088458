import { Table } from '@mantine/core'
import type { ReactNode } from 'react'
import type { PatchDetail } from '../../src-shared/patches/patch-detail'
import { CopyButton } from './copy-button'
import { pixelCentre, type Pixel } from './pixel'
import { pixelValues } from './pixel-values'
import classes from './pixel-table.module.css'

interface PixelTableProps {
  patch: PatchDetail
  pixel: Pixel
}

/** The values of all layers under one pixel. */
export function PixelTable({ patch, pixel }: PixelTableProps): ReactNode {
  return (
    <Table className={classes.table} verticalSpacing={2} horizontalSpacing={4} captionSide="top">
      <Table.Caption className={classes.caption}>
        {`Pixel in column ${pixel.column}, row ${pixel.row}. Bands as reflectance.`}
      </Table.Caption>
      <Table.Tbody>
        <CentreRow patch={patch} pixel={pixel} />
        {pixelValues(patch, pixel).map(({ name, note, value }) => (
          <Table.Tr key={name}>
            <Table.Th scope="row" className={classes.name}>
              {name}
              {note === null ? null : <span className={classes.note}>{note}</span>}
            </Table.Th>
            <Table.Td className={classes.value}>{value}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}

/** Where the middle of the pixel lies. */
function CentreRow({ patch, pixel }: PixelTableProps): ReactNode {
  const centre = pixelCentre(pixel, patch.transform)
  if (centre === null) return null
  return (
    <Table.Tr>
      <Table.Th scope="row" className={classes.name}>
        Centre
      </Table.Th>
      <Table.Td className={classes.value}>
        <span className={classes.place}>
          {`${centre.x} m E, ${centre.y} m N`}
          <CopyButton what="centre of the pixel" value={`${centre.x}, ${centre.y}`} />
        </span>
      </Table.Td>
    </Table.Tr>
  )
}
