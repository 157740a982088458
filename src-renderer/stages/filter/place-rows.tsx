import { Button, Group, Text, TextInput } from '@mantine/core'
import { memo, type ReactNode } from 'react'
import type { Settings } from '../../../src-shared/settings/settings'
import { ErrorCard } from '../../parts/error-card'
import { choosePlace } from '../../places/choose-places'
import { boxOfText, SIDES, textOfBox, type BoxText } from './box-text'
import { FilterRow } from './filter-row'
import { changeFilter, useFilter } from './filter-store'
import classes from './place-rows.module.css'

/** The box of longitudes and latitudes: typed here, or drawn on the map. */
export const BoxRow = memo(function BoxRow({ bbox }: Pick<Settings, 'bbox'>): ReactNode {
  const typed = useFilter((state) => state.boxTyped)
  const text = typed ?? textOfBox(bbox)
  const read = typed === null ? null : boxOfText(typed)
  const take = (): void => {
    if (read === null || 'problem' in read) return
    useFilter.setState({ boxTyped: null })
    changeFilter({ bbox: read.box })
  }
  return (
    <FilterRow title="Bounding box" unit="degrees" filters={['bounding-box']}>
      <div className={classes.sides}>
        {SIDES.map(({ label }, side) => (
          <TextInput
            key={label}
            label={label}
            inputMode="decimal"
            classNames={{ input: classes.number }}
            value={text[side]}
            error={read !== null && 'problem' in read && read.side === side ? read.problem : null}
            onChange={({ currentTarget }) =>
              useFilter.setState({ boxTyped: withSide(text, side, currentTarget.value) })
            }
            onBlur={take}
            onKeyDown={({ key }) => {
              if (key === 'Enter') take()
            }}
          />
        ))}
      </div>
      <Group justify="space-between" mt={4} wrap="nowrap">
        <Text size="xs" c="dimmed">
          Or draw it on the map, with Shift held. West above east crosses the antimeridian.
        </Text>
        <Button
          size="compact-xs"
          className={classes.button}
          variant="default"
          disabled={bbox === null && typed === null}
          onClick={() => {
            useFilter.setState({ boxTyped: null })
            changeFilter({ bbox: null })
          }}
        >
          Clear box
        </Button>
      </Group>
    </FilterRow>
  )
})

function withSide(text: BoxText, side: number, value: string): BoxText {
  const [west, south, east, north] = text.map((field, place) => (place === side ? value : field))
  return [west, south, east, north]
}

/** A file with polygons that footprints must lie in. */
export const AreaRow = memo(function AreaRow({ area }: Pick<Settings, 'area'>): ReactNode {
  const error = useFilter((state) => state.countsError)
  const choose = async (): Promise<void> => {
    const path = await choosePlace('area')
    if (path !== null) changeFilter({ area: path })
  }
  return (
    <FilterRow title="Area" unit="GeoJSON, WGS 84" filters={['area']}>
      <Group gap="sm" wrap="nowrap">
        <Text size="xs" c="dimmed" className={classes.path} title={area ?? ''}>
          {area ?? 'No area file. Footprints everywhere are kept.'}
        </Text>
        <Button size="compact-xs" className={classes.button} variant="default" onClick={() => void choose()}>
          Choose area
        </Button>
        <Button
          size="compact-xs"
          className={classes.button}
          variant="default"
          disabled={area === null}
          onClick={() => changeFilter({ area: null })}
        >
          Clear area
        </Button>
      </Group>
      {error?.tag === 'area-invalid' ? <ErrorCard error={error} /> : null}
    </FilterRow>
  )
})
