/** Colours of the lines of a spectrum, tokens that hold in light and dark. */
export const FOOTPRINT_COLOUR = 'var(--mantine-primary-color-filled)'
export const WINDOW_COLOUR = 'var(--studio-quiet)'
export const PIXEL_COLOUR = 'var(--studio-warning)'
