import type { EncodeEntry, GroupMark, Mark, NumericValueRef, ScaledValueRef, ColorValueRef } from 'vega'
import { COLOURS, FONT_SIZE } from './style'

interface TextOptions {
  size?: number
  bold?: boolean
  colour?: string
  align?: 'left' | 'center' | 'right'
  baseline?: 'top' | 'middle' | 'bottom' | 'alphabetic'
  /** Degrees, clockwise. */
  angle?: number
}

/** One text at a place in units of the group that holds it. */
export function text(content: string, x: number, y: number, options: TextOptions = {}): Mark {
  return {
    type: 'text',
    encode: { enter: textEntry({ value: content }, { value: x }, { value: y }, options) },
  }
}

/** One text for each row of a data set, from its field `label`. */
export function texts(data: string, x: NumericValueRef, y: NumericValueRef, options: TextOptions = {}): Mark {
  return { type: 'text', from: { data }, encode: { enter: textEntry({ field: 'label' }, x, y, options) } }
}

function textEntry(
  content: ScaledValueRef<string>,
  x: NumericValueRef,
  y: NumericValueRef,
  options: TextOptions,
): EncodeEntry {
  return {
    ...{ x, y, text: content },
    fontSize: { value: options.size ?? FONT_SIZE.label },
    fontWeight: { value: options.bold === true ? 'bold' : 'normal' },
    fill: { value: options.colour ?? COLOURS.text },
    align: { value: options.align ?? 'left' },
    baseline: { value: options.baseline ?? 'alphabetic' },
    angle: { value: options.angle ?? 0 },
  }
}

/** A straight line between two places. */
export function line(x: number, y: number, x2: number, y2: number, colour: string, width: number): Mark {
  return {
    type: 'rule',
    encode: {
      enter: {
        ...{ x: { value: x }, y: { value: y }, x2: { value: x2 }, y2: { value: y2 } },
        ...{ stroke: { value: colour }, strokeWidth: { value: width } },
      },
    },
  }
}

/** A shape given as SVG path. */
export function shape(path: string, paint: { fill?: string; stroke: string; strokeWidth: number }): Mark {
  const fill: ColorValueRef | undefined = paint.fill === undefined ? undefined : { value: paint.fill }
  return {
    type: 'path',
    encode: {
      enter: {
        path: { value: path },
        ...(fill === undefined ? {} : { fill }),
        ...{ stroke: { value: paint.stroke }, strokeWidth: { value: paint.strokeWidth } },
        strokeJoin: { value: 'round' },
      },
    },
  }
}

/**
 * A rectangle of given size that holds marks. `clip` cuts off what goes beyond the group around it (Vega's rule), so a
 * clipped panel stands at the origin of one of the same size.
 */
export function panel(
  place: { x: number; y: number; width: number; height: number },
  content: Omit<GroupMark, 'type' | 'encode' | 'clip'> & {
    clip?: boolean
    fill?: string
    stroke?: string
  },
): GroupMark {
  const { clip, fill, stroke, ...rest } = content
  return {
    type: 'group',
    ...(clip === undefined ? {} : { clip }),
    encode: {
      enter: {
        ...{ x: { value: place.x }, y: { value: place.y } },
        ...{ width: { value: place.width }, height: { value: place.height } },
        ...(fill === undefined ? {} : { fill: { value: fill } }),
        ...(stroke === undefined ? {} : { stroke: { value: stroke }, strokeWidth: { value: 1 } }),
      },
    },
    ...rest,
  }
}

/** Title of a vertical axis, turned, to the left of labels that stand 9 units from the axis. */
export function verticalAxisTitle(title: string, height: number, longestLabel: number): Mark {
  const widestCharacter = 0.62 * FONT_SIZE.label
  return text(title, -(22 + longestLabel * widestCharacter), height / 2, {
    ...{ size: FONT_SIZE.heading, align: 'center', baseline: 'middle', angle: -90 },
  })
}
