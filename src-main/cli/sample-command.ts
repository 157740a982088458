import { fileURLToPath } from 'node:url'
import { SAMPLE } from '../software'

/** The command line that runs everything on the bundled sample world: 4 granules, 8 scenes, DEM and land cover. */
export function sampleArguments(output: string): string[] {
  const world = fileURLToPath(SAMPLE)
  return ['run', '--input', `${world}gedi`, '--source', world, '--output', output]
}
