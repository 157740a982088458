import type { Split } from '../../src-shared/footprint/footprint'
import type { Project } from '../../src-shared/run/project'
import { resultSettings } from '../../src-shared/settings/settings'
import { SOFTWARE } from '../software'
import { settingsByName } from './place-names'

/** What the root of a batch file and of a dataset file says of how it was made. */
export function rootAttributes({ settings }: Project, split: Split): Record<string, string | number> {
  return {
    software: SOFTWARE,
    split,
    seed: settings.seed,
    // Datasets are handed on, and the folders of whoever made them are nobody's business.
    settings: JSON.stringify(resultSettings(settingsByName(settings))),
  }
}
