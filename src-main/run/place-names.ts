import { basename, isAbsolute } from 'node:path'
import type { Sources } from '../../src-shared/run/project'
import type { Settings } from '../../src-shared/settings/settings'

/** The settings with the area by its name. */
export function settingsByName(settings: Settings): Settings {
  return { ...settings, area: lastPart(settings.area) }
}

/** The sources by their names: last parts of paths; providers and addresses as they are. */
export function sourcesByName({ combined, subset, ...sources }: Sources): Sources {
  return {
    inputs: sources.inputs.map((input) => lastPart(input)),
    source: lastPart(sources.source),
    demSource: lastPart(sources.demSource),
    landcoverSource: lastPart(sources.landcoverSource),
    combined: { train: lastPart(combined.train), test: lastPart(combined.test) },
    subset: { train: lastPart(subset.train), test: lastPart(subset.test) },
  }
}

/** The name of a file or folder without the folders above it. */
function lastPart<Place extends string | null>(place: Place): Place | string {
  return place !== null && isAbsolute(place) ? basename(place) : place
}
