import { REASON_LABELS } from '../footprint/reason-labels'
import { REJECTION_REASONS, type RejectionReason } from '../footprint/rejection'
import { SPLITS, type Split } from '../footprint/footprint'
import { counted } from '../wording/counted'
import type { Card } from './card'
import type { CardBlock } from './card-blocks'
import type { FileFacts } from './card-facts'
import { cardBytes, cardCount } from './card-numbers'

const REASONS = Object.keys(REJECTION_REASONS) as RejectionReason[]

/** The dataset files and how many samples they have. */
export function fileBlocks({ files }: Card): CardBlock[] {
  const rows = files.map((file) => [
    file.name,
    file.split,
    cardCount(file.samples),
    cardBytes(file.bytes),
    file.granules === null ? '–' : cardCount(file.granules),
    file.products === null ? '–' : cardCount(file.products),
    file.acquired === null
      ? '–'
      : `${file.acquired.first.slice(0, 10)} to ${file.acquired.last.slice(0, 10)}`,
  ])
  const columns = ['File', 'Split', 'Samples', 'Size', 'GEDI granules', 'Sentinel-2 products', 'Acquired']
  const problems = files.flatMap(({ name, problems: lines }) => lines.map((line) => `${name}: ${line}`))
  return [
    { kind: 'table', caption: 'Dataset files', columns, rows },
    ...(problems.length === 0
      ? []
      : ([
          {
            kind: 'text',
            text: 'Some of it could not be counted; a dash or a missing figure stands for it:',
          },
          { kind: 'list', items: problems.slice(0, 20) },
          ...(problems.length > 20
            ? [{ kind: 'text', text: `And ${counted(problems.length - 20, 'more line')}.` }]
            : []),
        ] as CardBlock[])),
  ]
}

/** What became of the footprints of each split: from the combined table to the samples of the file. */
export function funnelBlocks(card: Card): CardBlock[] {
  const row = (name: string, value: (split: Split) => number | null): string[] => [
    name,
    ...SPLITS.map((split) => {
      const count = value(split)
      return count === null ? '–' : cardCount(count)
    }),
  ]
  const reasons = REASONS.filter((reason) => SPLITS.some((split) => card.splits[split].rejected[reason]))
  const marked = (split: Split): number => markedOut(card, split)
  const failed = SPLITS.some((split) => card.splits[split].failed > 0)
  return [
    {
      kind: 'table',
      caption: 'From footprints to samples',
      columns: ['Footprints', ...SPLITS],
      rows: [
        row('Combined table', (split) => card.splits[split].combined),
        row('Subset', (split) => card.splits[split].subset),
        ...reasons.map((reason) =>
          row(
            `Left out: ${REASON_LABELS[reason]} (${reason})`,
            (split) => card.splits[split].rejected[reason] ?? 0,
          ),
        ),
        ...(failed ? [row('Left out: could not be read', (split) => card.splits[split].failed)] : []),
        ...(SPLITS.some((split) => marked(split) > 0) ? [row('Left out: excluded in review', marked)] : []),
        row('Samples in the file', (split) => fileOf(card, split)?.samples ?? null),
      ],
    },
  ]
}

/** Samples that were cut and are not in the file. */
function markedOut(card: Card, split: Split): number {
  const file = fileOf(card, split)
  return file === undefined || file.datasets.length === 0
    ? 0
    : Math.max(0, card.splits[split].samples - file.samples)
}

function fileOf({ files }: Card, split: Split): FileFacts | undefined {
  return files.find((file) => file.split === split)
}
