import { ActionIcon, Button, CloseButton, Code, CopyButton, Skeleton, Stack, Tooltip } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useEffect, type ReactNode } from 'react'
import type { DensityProperties, ExploreLayer } from '../../src-shared/explore/layers'
import { ErrorCard } from '../parts/error-card'
import { formatCount, formatNumber } from '../parts/format'
import type { Picked } from './engine/picked'
import { footprintFacts, type Fact } from './footprint-facts'
import classes from './footprint-map.module.css'
import { useRecord } from './use-record'

interface PickedCardProps {
  layer: ExploreLayer
  /** Whether the split shown is that of the years, and not the one that the tables get. */
  splitByYear: boolean
  picked: Picked
  onClose: () => void
  /** Moves the map closer; null while it cannot. */
  onApproach: (() => void) | null
}

/** What was clicked on the map: the record of a footprint, or what a square holds. */
export function PickedCard({ layer, splitByYear, picked, onClose, onApproach }: PickedCardProps): ReactNode {
  useEffect(() => {
    // Before a tooltip that is open takes the key for itself.
    const listen = ({ key }: KeyboardEvent): void => {
      if (key === 'Escape') onClose()
    }
    document.addEventListener('keydown', listen, { capture: true })
    return () => document.removeEventListener('keydown', listen, { capture: true })
  }, [onClose])
  return (
    <section
      className={classes.card}
      aria-label={picked.kind === 'footprint' ? 'Footprint' : 'Footprints in this square'}
    >
      {picked.kind === 'footprint' ? (
        <FootprintRecord layer={layer} row={picked.row} splitByYear={splitByYear} onClose={onClose} />
      ) : (
        <>
          <CardHead title="Footprints in this square" onClose={onClose} />
          <div className={classes.cardBody}>
            <Stack gap="md">
              <Facts facts={squareFacts(layer, picked.square, splitByYear)} />
              <Button size="compact-sm" variant="default" onClick={() => onApproach?.()}>
                Zoom in here
              </Button>
            </Stack>
          </div>
        </>
      )}
    </section>
  )
}

function FootprintRecord({
  layer,
  row,
  splitByYear,
  onClose,
}: {
  layer: ExploreLayer
  row: number
  splitByYear: boolean
  onClose: () => void
}): ReactNode {
  const { record, error } = useRecord(layer, row)
  return (
    <>
      <CardHead title="Footprint" onClose={onClose} />
      <div className={classes.cardBody}>
        {error === null ? null : <ErrorCard error={error} />}
        {record === null && error === null ? <Skeleton h={300} aria-label="Reading the record" /> : null}
        {record === null ? null : (
          <Stack gap="sm">
            <div className={classes.shot}>
              <Code>{record.shotNumber}</Code>
              <CopyButton value={record.shotNumber}>
                {({ copied, copy }) => (
                  <Tooltip label={copied ? 'Copied' : 'Copy shot number'} withinPortal={false}>
                    <ActionIcon size={24} onClick={copy} aria-label={copied ? 'Copied' : 'Copy shot number'}>
                      {copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />}
                    </ActionIcon>
                  </Tooltip>
                )}
              </CopyButton>
            </div>
            <Facts facts={footprintFacts(record, splitByYear)} />
          </Stack>
        )}
      </div>
    </>
  )
}

function CardHead({ title, onClose }: { title: string; onClose: () => void }): ReactNode {
  return (
    <div className={classes.cardHead}>
      <b>{title}</b>
      <CloseButton size={24} aria-label="Close" onClick={onClose} />
    </div>
  )
}

function Facts({ facts }: { facts: readonly Fact[] }): ReactNode {
  return (
    <dl className={classes.facts}>
      {facts.map(({ name, value }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

function squareFacts(layer: ExploreLayer, square: DensityProperties, splitByYear: boolean): Fact[] {
  const byYear = splitByYear ? ' by year' : ''
  const counts = (name: string, value: number): Fact[] =>
    value === 0 ? [] : [{ name, value: formatCount(value) }]
  return [
    { name: layer === 'footprints' ? 'Kept' : 'In the subset', value: formatCount(square.count) },
    ...counts(`Train${byYear}`, square.train),
    ...counts(`Test${byYear}`, square.test),
    ...counts('Cut', square.done),
    ...counts('Rejected', square.rejected),
    ...counts('Failed', square.failed),
    ...counts('Dropped', square.dropped),
    ...(square.agbd === undefined
      ? []
      : [{ name: 'Mean AGBD', value: `${formatNumber(square.agbd, 4)} Mg/ha` }]),
    ...(square.doy === undefined ? [] : [{ name: 'Mean day of the year', value: String(square.doy) }]),
  ]
}
