import type { Block } from './pages'

/** How a block of commands is tried. */
export type Manner =
  /** As it is written, but for some words; it ends with this status, or is ended when it has shown a text. */
  | { kind: 'run'; status: number; until: string | null; replace: readonly [string, string][] }
  /** Only read: there are such commands, and they have such options. */
  | { kind: 'read'; because: string }
  /** Not at all. */
  | { kind: 'left'; because: string }

/** Commands that want a cluster; `e2e/slurm.test.ts` runs them on one. */
const OF_CLUSTERS = /\bgedi-dataset slurm (submit|status|cancel)\b/

const NOTES: readonly { form: RegExp; read: (manner: Manner, words: string[]) => Manner }[] = [
  { form: /^ends with (\d+)$/, read: (manner, [status]) => ({ ...asRun(manner), status: Number(status) }) },
  { form: /^until it shows (.+)$/, read: (manner, [until = '']) => ({ ...asRun(manner), until }) },
  {
    form: /^with (.+) for (.+)$/,
    read: (manner, [by = '', word = '']) => {
      const run = asRun(manner)
      return { ...run, replace: [...run.replace, [word, by]] }
    },
  },
  { form: /^read only, (.+)$/, read: (_, [because = '']) => ({ kind: 'read', because }) },
  { form: /^not at all, (.+)$/, read: (_, [because = '']) => ({ kind: 'left', because }) },
]

/** What the notes of a block ask for; as it is written where there are none. */
export function mannerOf(block: Block): Manner {
  let manner: Manner = OF_CLUSTERS.test(block.code)
    ? { kind: 'read', because: 'it wants a cluster' }
    : { kind: 'run', status: 0, until: null, replace: [] }
  for (const note of block.notes) {
    const known = NOTES.find(({ form }) => form.test(note))
    if (known === undefined) throw new Error(`${block.page}:${block.line}: no such note: ${note}`)
    manner = known.read(manner, known.form.exec(note)?.slice(1) ?? [])
  }
  return manner
}

function asRun(manner: Manner): Manner & { kind: 'run' } {
  if (manner.kind === 'run') return manner
  throw new Error('what is not run has no status and no other words')
}

/** The block as it is run, with variables of the shell in what was put into it. */
export function commandsOf(block: Block, replace: readonly [string, string][]): string {
  return replace.reduce((code, [word, by]) => {
    if (!code.includes(word)) throw new Error(`${block.page}:${block.line}: no "${word}" in the block`)
    return code.replaceAll(word, by)
  }, block.code)
}
