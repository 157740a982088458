import type { GroupMark, Mark } from 'vega'
import type { Outlines } from './coastline'
import type { DensityParts } from './density-spec'
import type { MapFrame } from './frame'
import { meridians, parallels } from './graticule'
import { line, panel, shape, text, verticalAxisTitle } from './marks'
import { COLOURS, FONT_SIZE, LAYOUT } from './style'

/** Space that tick labels and axis title take below a map. */
export const MAP_AXIS_HEIGHT = 46

/**
 * The map of the footprints: land, borders, graticule with degrees, density on top.
 * @param longestLabel characters of the longest label of any vertical axis of the figure
 */
export function footprintMap(
  y: number,
  frame: MapFrame,
  outlines: Outlines,
  density: DensityParts,
  longestLabel: number,
): GroupMark {
  const { width, height } = frame
  const lons = meridians(frame)
  const lats = parallels(frame)
  const empty =
    'values' in density.data && Array.isArray(density.data.values) && density.data.values.length === 0
  return panel(
    { x: LAYOUT.left, y, width, height },
    {
      marks: [
        panel(
          { x: 0, y: 0, width, height },
          {
            clip: true,
            fill: COLOURS.sea,
            data: [density.data],
            marks: [
              ...ground(outlines),
              ...lons.map(({ at }) => line(at, 0, at, height, COLOURS.graticule, 0.6)),
              ...lats.map(({ at }) => line(0, at, width, at, COLOURS.graticule, 0.6)),
              density.mark,
            ],
          },
        ),
        panel({ x: 0, y: 0, width, height }, { stroke: COLOURS.frame }),
        ...lons.flatMap(({ at, label }) => [
          line(at, height, at, height + 5, COLOURS.frame, 1),
          text(label, at, height + 18, { align: 'center' }),
        ]),
        ...lats.flatMap(({ at, label }) => [
          line(-5, at, 0, at, COLOURS.frame, 1),
          text(label, -9, at, { align: 'right', baseline: 'middle' }),
        ]),
        text('Longitude', width / 2, height + 38, { size: FONT_SIZE.heading, align: 'center' }),
        verticalAxisTitle('Latitude', height, longestLabel),
        ...(empty ? [notice(width, height)] : []),
      ],
    },
  )
}

/** Land and borders, drawn the same way on every map. */
export function ground(outlines: Outlines): Mark[] {
  return [
    shape(outlines.land, { fill: COLOURS.land, stroke: COLOURS.coast, strokeWidth: 0.7 }),
    shape(outlines.borders, { stroke: COLOURS.border, strokeWidth: 0.6 }),
  ]
}

function notice(width: number, height: number): GroupMark {
  const box = { width: 190, height: 44 }
  return panel(
    { x: (width - box.width) / 2, y: (height - box.height) / 2, ...box },
    {
      fill: COLOURS.paper,
      stroke: COLOURS.frame,
      marks: [
        text('No footprints', box.width / 2, box.height / 2, {
          ...{ size: FONT_SIZE.title, align: 'center', baseline: 'middle' },
        }),
      ],
    },
  )
}
