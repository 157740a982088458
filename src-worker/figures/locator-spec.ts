import type { GroupMark, Mark } from 'vega'
import type { Outlines } from './coastline'
import { place, squareFrame, type MapFrame } from './frame'
import { ground } from './map-spec'
import { line, panel, text } from './marks'
import { COLOURS, FONT_SIZE } from './style'

/** Size of the locator map, units. */
const SIZE = 144
/** Height of the locator map, degrees: enough to recognise a coast or a country anywhere. */
const SPAN = 32
/** Length of a degree of latitude on a sphere of the Earth's mean radius (6371.0088 km), km. */
const KM_PER_DEGREE = (6371.0088 * Math.PI) / 180
/** Boxes below this size, units, are marked by a ring. */
const SMALLEST_BOX = 8

/** What a locator map around the frame shows. */
export function locatorFrame(frame: MapFrame): MapFrame {
  return squareFrame((frame.west + frame.east) / 2, (frame.south + frame.north) / 2, SPAN, SIZE)
}

/** A small map that says where on Earth a local map lies, and a scale bar for the local map below it. */
export function locator(
  x: number,
  y: number,
  frame: MapFrame,
  outlines: Outlines,
  colour: string,
): GroupMark {
  const around = locatorFrame(frame)
  const [left, top] = place(around, frame.west, frame.north)
  const width = frame.width * (around.perLon / frame.perLon)
  const height = frame.height * (around.perLat / frame.perLat)
  return panel(
    { x, y, width: SIZE, height: SIZE },
    {
      marks: [
        panel(
          { x: 0, y: 0, width: SIZE, height: SIZE },
          {
            clip: true,
            fill: COLOURS.sea,
            marks: [...ground(outlines), extentMark(left, top, width, height, colour)],
          },
        ),
        panel({ x: 0, y: 0, width: SIZE, height: SIZE }, { stroke: COLOURS.frame }),
        text('Location of the map', 0, SIZE + 17, { colour: COLOURS.quiet }),
        ...scaleBar(frame),
      ],
    },
  )
}

function extentMark(x: number, y: number, width: number, height: number, colour: string): Mark {
  const stroke = { stroke: { value: colour }, strokeWidth: { value: 2 }, fill: { value: 'transparent' } }
  if (Math.max(width, height) < SMALLEST_BOX) {
    return {
      type: 'symbol',
      encode: {
        enter: { x: { value: x + width / 2 }, y: { value: y + height / 2 }, size: { value: 90 }, ...stroke },
      },
    }
  }
  return {
    type: 'rect',
    encode: {
      enter: {
        ...{ x: { value: x }, y: { value: y }, width: { value: width }, height: { value: height } },
        ...stroke,
      },
    },
  }
}

/** A round length that is at most as long as the locator map is wide, true at the middle of the map. */
function scaleBar(frame: MapFrame): Mark[] {
  const longest = (SIZE / frame.perLat) * KM_PER_DEGREE
  const power = 10 ** Math.floor(Math.log10(longest))
  const km = ([5, 2, 1].find((factor) => factor * power <= longest) ?? 1) * power
  const length = (km / KM_PER_DEGREE) * frame.perLat
  const y = frame.height - 6
  const label = km < 1 ? `${Math.round(km * 1000)} m` : `${Math.round(km)} km`
  return [
    line(0, y, length, y, COLOURS.frame, 1.5),
    line(0, y - 5, 0, y + 1, COLOURS.frame, 1.5),
    line(length, y - 5, length, y + 1, COLOURS.frame, 1.5),
    text(label, length / 2, y - 8, { align: 'center', size: FONT_SIZE.label }),
  ]
}
