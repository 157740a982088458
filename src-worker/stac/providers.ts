import { checkSourceAddress, isAddress, isRemoteSource } from '../../src-shared/catalog/source-name'
import { StudioError } from '../../src-shared/errors/studio-error'
import type { Settings } from '../../src-shared/settings/settings'
import type { Catalog } from '../catalog/catalog'

/** Scenes, terrain and land cover. */
export type Layer = keyof Catalog
export const LAYERS = ['scenes', 'dem', 'landcover'] as const satisfies readonly Layer[]

/** Where the three layers come from, as somebody chose it; null terrain or land cover: from where the scenes come. */
export interface ChosenSources {
  source: string
  demSource: string | null
  landcoverSource: string | null
}

/** Where a layer comes from. */
export type LayerSource =
  | { kind: 'folder'; folder: string }
  /** A STAC API; without collections they are looked up in its list. */
  | {
      kind: 'api'
      url: string
      collections: readonly string[] | null
      signing: Settings['signing']
      /** Public bucket that serves where the API has no such collection; null where the API was chosen for it. */
      fallback: string | null
    }
  /** A public bucket, its files found by the grid of their names. */
  | { kind: 'bucket'; url: string }

/** Addresses by which providers are reached, each of which a mirror may take over. */
interface Addresses {
  planetaryComputer: string
  earthSearch: string
  dem: string
  landcover: string
}

/**
 * Where each layer comes from.
 * @param env Variables that put mirrors in the place of the usual addresses.
 * @throws StudioError `usage` for a source that has no such layer, or an address that is none of http or https
 */
export function layerSources(
  { source, demSource, landcoverSource }: ChosenSources,
  signing: Settings['signing'],
  env: NodeJS.ProcessEnv,
): Record<Layer, LayerSource> {
  const addresses = addressesFrom(env)
  const of = (layer: Layer, name: string, chosen: boolean): LayerSource =>
    layerSource(layer, name, chosen, { addresses, signing })
  return {
    scenes: of('scenes', source, true),
    dem: of('dem', demSource ?? source, demSource !== null),
    landcover: of('landcover', landcoverSource ?? source, landcoverSource !== null),
  }
}

/** Whether any of the sources is asked over the network. */
export function isAnyRemote(sources: {
  source: string | null
  demSource: string | null
  landcoverSource: string | null
}): boolean {
  return [sources.source, sources.demSource, sources.landcoverSource].some(
    (source) => source !== null && isRemoteSource(source),
  )
}

/** The settings with the signing that the sources bring with them: Planetary Computer has its own. */
export function settingsForSources(
  settings: Settings,
  sources: { source: string | null; demSource: string | null; landcoverSource: string | null },
): Settings {
  const names = [sources.source, sources.demSource, sources.landcoverSource]
  return names.includes('planetary-computer') ? { ...settings, signing: 'planetary-computer' } : settings
}

function addressesFrom(env: NodeJS.ProcessEnv): Addresses {
  const address = (variable: string, usual: string): string => {
    const given = env[variable]?.trim() ?? ''
    if (given === '') return usual
    if (/^https?:\/\//i.test(given) && URL.canParse(given)) return given
    throw new StudioError('usage', `The environment variable ${variable} holds no http or https address.`, {
      hint: 'Correct it or unset it; see docs/sources.md.',
      context: { variable },
    })
  }
  return {
    planetaryComputer: address(
      'GEDI_DATASET_PLANETARY_COMPUTER_URL',
      'https://planetarycomputer.microsoft.com/api/stac/v1',
    ),
    earthSearch: address('GEDI_DATASET_EARTH_SEARCH_URL', 'https://earth-search.aws.element84.com/v1'),
    dem: address('GEDI_DATASET_COPDEM_URL', 'https://copernicus-dem-30m.s3.amazonaws.com'),
    landcover: address('GEDI_DATASET_WORLDCOVER_URL', 'https://esa-worldcover.s3.eu-central-1.amazonaws.com'),
  }
}

const PLANETARY_COMPUTER: Readonly<Record<Layer, readonly string[]>> = {
  scenes: ['sentinel-2-l2a'],
  dem: ['cop-dem-glo-30'],
  landcover: ['esa-worldcover'],
}

/** Earth Search has no land cover. Scenes of both its collections: neither has all. */
const EARTH_SEARCH: Readonly<Record<Layer, readonly string[] | null>> = {
  scenes: ['sentinel-2-l2a', 'sentinel-2-c1-l2a'],
  dem: ['cop-dem-glo-30'],
  landcover: null,
}

function layerSource(
  layer: Layer,
  name: string,
  chosen: boolean,
  { addresses, signing }: { addresses: Addresses; signing: Settings['signing'] },
): LayerSource {
  const bucket = layer === 'scenes' ? null : addresses[layer]
  if (name === 'planetary-computer') {
    const collections = PLANETARY_COMPUTER[layer]
    const url = addresses.planetaryComputer
    return { kind: 'api', url, collections, signing: 'planetary-computer', fallback: null }
  }
  if (name === 'earth-search') {
    const collections = EARTH_SEARCH[layer]
    if (collections === null && bucket !== null) return { kind: 'bucket', url: bucket }
    return { kind: 'api', url: addresses.earthSearch, collections, signing: 'none', fallback: null }
  }
  if (name === 'aws') {
    if (bucket !== null) return { kind: 'bucket', url: bucket }
    throw new StudioError('usage', 'The source aws has terrain and land cover only.', {
      hint: 'Give --source earth-search for scenes, and aws to --dem-source and --landcover-source.',
    })
  }
  if (!isAddress(name)) return { kind: 'folder', folder: name }
  checkSourceAddress(name)
  return { kind: 'api', url: name, collections: null, signing, fallback: chosen ? null : bucket }
}
