/** The page asks for a line to the studio; one port comes with it. */
export const CONNECT_CHANNEL = 'studio-connect'

/** Paths of what was dropped on the window. */
export const DROPPED_CHANNEL = 'studio-dropped'
