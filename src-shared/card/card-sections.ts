import { readingCode, torchCode } from '../loading/reading-code'
import { SETTING_KEYS, SETTINGS } from '../settings/settings'
import { flagOf } from '../settings/flags'
import { showValue } from '../settings/show-value'
import type { Card } from './card'
import type { CardBlock, CardSection } from './card-blocks'
import { fileBlocks, funnelBlocks } from './count-blocks'
import { distributionBlocks, placeBlocks } from './distribution-blocks'
import { SOURCE_TERMS } from './source-terms'
import { statisticsBlocks } from './statistics-blocks'

/** Heading of a card. */
export function cardTitle({ name }: Card): string {
  return `Data card: ${name}`
}

/** The sentence below the heading. */
export function cardSummary({ software, created }: Card): string {
  return `Sentinel-2 patches of 32 x 32 pixels at 10 m around GEDI L4A footprints, with terrain, land cover and aboveground biomass density. Made by ${software}, ${created.slice(0, 10)}.`
}

/** What a data card says, section by section. */
export function cardSections(card: Card): CardSection[] {
  return [
    { title: 'Files', blocks: fileBlocks(card) },
    { title: 'What went in and what was left out', blocks: funnelBlocks(card) },
    { title: 'Where', blocks: placeBlocks(card) },
    { title: 'Distributions', blocks: distributionBlocks(card) },
    { title: 'Statistics', blocks: statisticsBlocks(card) },
    { title: 'How to load it', blocks: loadingBlocks(card) },
    { title: 'Known limits', blocks: limitBlocks(card) },
    { title: 'Provenance', blocks: provenanceBlocks(card) },
    { title: 'Sources and their terms', blocks: SOURCE_TERMS.map(sourceBlock) },
    { title: 'Settings', blocks: settingBlocks(card) },
  ]
}

function loadingBlocks({ files }: Card): CardBlock[] {
  const name = files.at(0)?.name ?? 'train_dataset.h5'
  return [
    { kind: 'text', text: 'With h5py:' },
    { kind: 'code', language: 'python', code: readingCode(name) },
    { kind: 'text', text: 'As a data set for PyTorch:' },
    { kind: 'code', language: 'python', code: torchCode(name, 'statistics.json') },
  ]
}

function limitBlocks({ leakage, settings }: Card): CardBlock[] {
  return [
    {
      kind: 'list',
      items: [
        'A GEDI footprint is some 25 m wide, and its position is uncertain by about 10 m (one standard deviation, horizontally): a pixel. What the disc of a footprint covers may lie a pixel beside it.',
        'Biomass density is a model’s estimate from the waveform, with a standard error for each footprint (AGBD Standard Error); it is no measurement on the ground.',
        `Train and test are split by year (${settings.trainYears.join(', ')} and ${settings.testYears.join(', ')}), so that places may be in both: test figures then say how a model does in other years, not in other places.`,
        ...(leakage.length > 0 ? leakage : ['How near test samples lie to train samples was not measured.']),
        `Scenes are up to ${settings.maxDays} days from the acquisition of the footprint; land cover is of 2020 or 2021, the terrain of 2011 to 2015.`,
      ],
    },
  ]
}

function provenanceBlocks(card: Card): CardBlock[] {
  const { sources } = card
  const given = (name: string, value: string | null): string[][] => (value === null ? [] : [[name, value]])
  return [
    {
      kind: 'table',
      caption: 'Made from',
      columns: ['What', 'Source'],
      rows: [
        ...given('GEDI granules', sources.inputs.length === 0 ? null : sources.inputs.join(', ')),
        ...given('Combined table, train', sources.combined.train),
        ...given('Combined table, test', sources.combined.test),
        ...given('Subset table, train', sources.subset.train),
        ...given('Subset table, test', sources.subset.test),
        ...given('Sentinel-2 L2A', sources.source),
        ...given('Copernicus DEM', sources.demSource ?? sources.source),
        ...given('ESA WorldCover', sources.landcoverSource ?? sources.source),
        ...given('Made by', card.settings.creator),
        ['Software', card.software],
        ['Seed', String(card.settings.seed)],
        ['Files made', card.created],
      ],
    },
    { kind: 'text', text: 'The command line that makes it again, sources by their names:' },
    { kind: 'code', language: 'sh', code: card.commandLine },
  ]
}

function sourceBlock(source: (typeof SOURCE_TERMS)[number]): CardBlock {
  return {
    kind: 'source',
    name: source.name,
    lines: [source.terms, ...(source.notice === null ? [] : [source.notice]), source.citation],
    links: [
      { text: 'Terms', url: source.licence },
      { text: 'Product', url: source.page },
    ],
  }
}

function settingBlocks({ settings }: Card): CardBlock[] {
  const keys = SETTING_KEYS.filter((key) => SETTINGS[key].affects !== null)
  return [
    {
      kind: 'table',
      caption: 'Settings that results depend on',
      columns: ['Setting', 'Flag', 'Value'],
      rows: keys.map((key) => [SETTINGS[key].label, `--${flagOf(key)}`, showValue(settings[key])]),
    },
  ]
}
