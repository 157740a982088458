import { basename } from 'node:path'
import { CARD_FILES, CARD_FORMAT, type Card, type CardFile } from '../../src-shared/card/card'
import { cardHtml } from '../../src-shared/card/card-html'
import { cardMarkdown } from '../../src-shared/card/card-markdown'
import { croissant } from '../../src-shared/card/croissant'
import { StudioError } from '../../src-shared/errors/studio-error'
import { SPLITS } from '../../src-shared/footprint/footprint'
import type { Report } from '../../src-shared/run/report'
import { resultSettings } from '../../src-shared/settings/settings'
import { counted } from '../../src-shared/wording/counted'
import { writeDurably } from '../../src-worker/files/durable-file'
import { fingerprint } from '../project/fingerprint'
import { doStep, listenAs, type RunContext } from '../run/run-context'
import { SOFTWARE } from '../software'
import { leakageLines } from './leakage-lines'
import { makeCard } from './make-card'

/** Errors that end a run although it is only the card that they keep from being made. */
const ENDING = new Set(['cancelled', 'disk-full'])

const WRITERS: Readonly<Record<CardFile, (card: Card) => string>> = {
  'data_card.html': cardHtml,
  'data_card.md': cardMarkdown,
  'croissant.json': croissant,
}

/**
 * Describes the dataset files in files beside them, where they or what is said of them changed. A fault of the card
 * becomes a warning: the datasets are done.
 * @throws StudioError `cancelled`, `disk-full`
 */
export async function cardStep(context: RunContext, report: Report): Promise<void> {
  const { paths } = context
  const step = { id: 'card', step: 'fuse', key: cardKey(context, report), what: 'data card' } as const
  try {
    await doStep(context, step, async () => {
      const card = await gather(context, report)
      const outputs = CARD_FILES.map((name) => paths.card(name))
      for (const name of CARD_FILES) await writeDurably(paths.card(name), WRITERS[name](card))
      const samples = card.files.reduce((sum, file) => sum + file.samples, 0)
      return { what: `data card of ${counted(samples, 'sample')}`, outputs, summary: null }
    })
  } catch (thrown) {
    if (thrown instanceof StudioError && ENDING.has(thrown.tag)) throw thrown
    const reason = thrown instanceof StudioError ? thrown.describe() : String(thrown)
    context.emit({ kind: 'log', level: 'warning', message: `The data card could not be made: ${reason}` })
  }
}

async function gather(context: RunContext, report: Report): Promise<Card> {
  const { paths, pool, project, emit } = context
  const files = SPLITS.filter((split) => report[split].dataset !== null).map((split) => ({
    split,
    path: paths.dataset(split),
  }))
  const input = { files, verification: project.settings.verify }
  const facts = await pool.run('card-facts', input, listenAs(context, 'fuse', '%'))
  for (const { name, problems } of facts.files) {
    for (const problem of problems.slice(0, 3))
      emit({ kind: 'log', level: 'warning', message: `The data card lacks something of ${name}: ${problem}` })
  }
  return makeCard(project, paths, report, facts)
}

/** What a card is made from: the dataset files, what the run says of them, settings and sources. */
function cardKey({ steps, project, paths }: RunContext, report: Report): string {
  return fingerprint([
    CARD_FORMAT,
    SOFTWARE,
    project.name,
    basename(paths.folder),
    SPLITS.map((split) => [
      steps.get(`fuse:${split}`)?.key ?? null,
      steps.get(`fuse:${split}`)?.outputs ?? null,
    ]),
    SPLITS.map((split) => ({ ...report[split], dataset: report[split].dataset !== null })),
    resultSettings(project.settings),
    project.settings.verify,
    project.settings.creator,
    project.sources,
    leakageLines(report),
  ])
}
