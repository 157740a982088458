import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Card } from '../../src-shared/card/card'
import type { CardFacts } from '../../src-shared/card/card-facts'
import { statisticsFileSchema, type StatisticsFile } from '../../src-shared/dataset/statistics'
import type { Project } from '../../src-shared/run/project'
import type { Report } from '../../src-shared/run/report'
import { DEFAULT_SETTINGS, resultSettings } from '../../src-shared/settings/settings'
import type { ProjectPaths } from '../project/project-paths'
import { settingsByName, sourcesByName } from '../run/place-names'
import { SOFTWARE } from '../software'
import { commandLine } from '../studio/command-line-text'
import { leakageLines } from './leakage-lines'

/**
 * What a data card says. Files and folders appear by their names: cards are handed on with the data, and where they lay
 * is nobody's business. The time is that of the newest file, so that a card made anew is the same.
 */
export async function makeCard(
  project: Project,
  paths: ProjectPaths,
  report: Report,
  facts: CardFacts,
): Promise<Card> {
  const settings = settingsByName(project.settings)
  // Workers, memory and the like are the machine's, and results do not depend on them.
  const remade = { ...DEFAULT_SETTINGS, ...resultSettings(settings) }
  const sources = sourcesByName(project.sources)
  const created = facts.files.flatMap((file) => (file.created === null ? [] : [file.created])).sort()
  return {
    name: project.name,
    software: SOFTWARE,
    created: created.at(-1) ?? report.finished,
    settings,
    sources,
    commandLine: commandLine(basename(paths.folder), { ...project, settings: remade, sources }, 'fuse'),
    splits: { train: report.train, test: report.test },
    files: facts.files,
    map: facts.map,
    statistics: await statisticsOf(paths),
    leakage: leakageLines(report),
  }
}

async function statisticsOf({ statistics }: ProjectPaths): Promise<StatisticsFile | null> {
  try {
    return statisticsFileSchema.parse(JSON.parse(await readFile(statistics, 'utf8')))
  } catch {
    return null
  }
}
