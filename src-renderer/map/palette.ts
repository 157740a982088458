import { useComputedColorScheme, useMantineTheme, type MantineTheme } from '@mantine/core'
import { useMemo } from 'react'
import { resolveVariables } from '../theme/theme'

/** Colours of the map's ground, from the tokens of the theme. */
export interface MapPalette {
  water: string
  land: string
  /** Coasts and borders. */
  coast: string
  /** Graticule, labels, scale bar. */
  ink: string
  /** Around labels and marks, so that they are read over any footprints. */
  halo: string
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
    water: tokens['--studio-ground'],
    land: tokens['--studio-land'],
    coast: tokens['--studio-coast'],
    halo: tokens['--studio-panel'],
    ink: tokens['--studio-quiet'],
    accent: theme.colors.accent[scheme === 'light' ? 6 : 4],
    scene: tokens['--studio-warning'],
  }
}
