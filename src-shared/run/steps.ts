/** The steps of a run in their order; the names are those of the commands. */
export const STEPS = ['ingest', 'combine', 'subset', 'plan', 'batch', 'fuse'] as const
export type Step = (typeof STEPS)[number]

/** What each step does, for progress lines and the step rail. */
export const STEP_LABELS: Readonly<Record<Step, string>> = {
  ingest: 'Reading granules',
  combine: 'Combining tables',
  subset: 'Drawing the subset',
  plan: 'Choosing scenes',
  batch: 'Cutting samples',
  fuse: 'Fusing datasets',
}
