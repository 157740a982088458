import type { StatisticsFile } from '../dataset/statistics'
import type { Split } from '../footprint/footprint'
import type { SplitReport } from '../run/report'
import type { Sources } from '../run/project'
import type { Settings } from '../settings/settings'
import type { CardMap, FileFacts } from './card-facts'

/** Version of what a card contains; a greater one has cards made anew. */
export const CARD_FORMAT = 1

/** The files of a data card, beside the dataset files. */
export const CARD_FILES = ['data_card.html', 'data_card.md', 'croissant.json'] as const
export type CardFile = (typeof CARD_FILES)[number]

/** All that a data card is made of. The same card gives the same files. */
export interface Card {
  /** Name of the project. */
  name: string
  /** Program and version. */
  software: string
  /** ISO time of the newest of the dataset files. */
  created: string
  /** Settings and sources, with files and folders by their names only. */
  settings: Settings
  sources: Sources
  /** Command line that makes the datasets again, from sources by their names. */
  commandLine: string
  /** What became of the footprints of each split, as the run reports it. */
  splits: Readonly<Record<Split, SplitReport>>
  /** Dataset files that there are. */
  files: readonly FileFacts[]
  map: CardMap | null
  /** Statistics of the train split; null where the file is missing or damaged. */
  statistics: StatisticsFile | null
  /** What the run reports of samples of both splits that lie close together, a line each; none where it does not. */
  leakage: readonly string[]
}
