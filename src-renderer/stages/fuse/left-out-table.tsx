import { Table } from '@mantine/core'
import type { ReactNode } from 'react'
import { REASON_LABELS } from '../../../src-shared/footprint/reason-labels'
import { REJECTION_REASONS } from '../../../src-shared/footprint/rejection'
import { reasonName } from '../../../src-shared/review/marks'
import { formatCount } from '../../parts/format'
import {
  DONE_COLOUR,
  EXCLUDED_COLOUR,
  FAILED_COLOUR,
  REASON_COLOURS,
  WAITING_COLOUR,
} from '../../theme/data-colours'
import type { SplitFigures } from './fuse-figures'
import classes from './fuse-stage.module.css'

interface LeftOutTableProps {
  /** Name of the table for screen readers. */
  label: string
  figures: SplitFigures
}

/** What becomes of the footprints of a split: those that go in, and the others by what keeps them out. */
export function LeftOutTable({ label, figures }: LeftOutTableProps): ReactNode {
  const { asked, samples, excluded, rejected, failed, open } = figures
  const rows = [
    { name: 'Goes into the dataset', meaning: 'Samples that were cut.', count: samples, colour: DONE_COLOUR },
    ...(excluded.total === 0
      ? []
      : [
          {
            name: 'Excluded in Review',
            meaning: 'Samples that were cut, and marked to be left out.',
            count: excluded.total,
            colour: EXCLUDED_COLOUR,
          },
          ...(excluded.reasons.some(({ reason }) => reason !== 'none') ? excluded.reasons : []).map(
            ({ reason, count }) => ({
              name: reasonName(reason),
              meaning: 'Of the excluded; a sample may have several reasons.',
              count,
              colour: null,
            }),
          ),
        ]),
    ...rejected.map(({ reason, count }) => ({
      name: REASON_LABELS[reason],
      meaning: REJECTION_REASONS[reason],
      count,
      colour: REASON_COLOURS[reason],
    })),
    ...(failed === 0
      ? []
      : [
          {
            name: 'Could not be read',
            meaning: 'Tried again by the next run.',
            count: failed,
            colour: FAILED_COLOUR,
          },
        ]),
    ...(open === 0
      ? []
      : [
          {
            name: 'Not cut yet',
            meaning: 'Cut before the dataset is fused.',
            count: open,
            colour: WAITING_COLOUR,
          },
        ]),
  ]
  return (
    <Table aria-label={label} className={classes.figures} verticalSpacing={4} horizontalSpacing="xs">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Footprints</Table.Th>
          <Table.Th>Number</Table.Th>
          <Table.Th>Share</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map(({ name, meaning, count, colour }, i) => (
          <Table.Tr key={`${colour === null ? 'of which ' : ''}${name}`}>
            <Table.Th scope="row" title={meaning} fw={i === 0 ? 600 : 400}>
              <span
                className={colour === null ? classes.inset : classes.swatch}
                style={colour === null ? {} : { background: colour }}
              />
              {colour === null ? `of which ${name.toLowerCase()}` : name}
            </Table.Th>
            <Table.Td>{formatCount(count)}</Table.Td>
            <Table.Td>{shareOf(count, asked)}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
      <Table.Tfoot>
        <Table.Tr>
          <Table.Th scope="row">Subset</Table.Th>
          <Table.Td>{formatCount(asked)}</Table.Td>
          <Table.Td />
        </Table.Tr>
      </Table.Tfoot>
    </Table>
  )
}

function shareOf(count: number, asked: number): string {
  const percent = (100 * count) / asked
  return count > 0 && percent < 0.05 ? 'under 0.1 %' : `${percent.toFixed(1)} %`
}
