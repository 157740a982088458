import { useComputedColorScheme, useMantineTheme, type MantineTheme } from '@mantine/core'
import { useMemo } from 'react'
import { resolveVariables } from '../theme/theme'

/** Colours of the map's ground, from the tokens of the theme. */
export interface MapPalette {
  water: string
  land: string
  /** Coasts, borders, graticule, labels, scale bar. */
  ink: string
  /** The selected box and footprint. */
  accent: string
  /** Outlines of scenes. */
  scene: string
}

/** The palette of the present colour scheme; the same object until the scheme changes. */
export function usePalette(): MapPalette {
  const theme = useMantineTheme()
  const scheme = useComputedColorScheme()
  return useMemo(() => paletteOf(theme, scheme), [theme, scheme])
}

function paletteOf(theme: MantineTheme, scheme: 'light' | 'dark'): MapPalette {
  const tokens = resolveVariables(theme)[scheme]
  return {
    water: between(tokens['--studio-ground'], tokens['--studio-line']),
    land: tokens['--studio-panel'],
    ink: tokens['--studio-quiet'],
    accent: theme.colors.accent[scheme === 'light' ? 6 : 4],
    scene: tokens['--studio-warning'],
  }
}

/** The colour half-way between two colours `#rrggbb`. */
function between(one: string, other: string): string {
  const channel = (colour: string, at: number): number => Number.parseInt(colour.slice(at, at + 2), 16)
  const mean = [1, 3, 5].map((at) => Math.round((channel(one, at) + channel(other, at)) / 2))
  return `#${mean.map((value) => value.toString(16).padStart(2, '0')).join('')}`
}
