import * as f from './field'

/** Settings of the output and of the run itself. */
export const RUN_SETTINGS = {
  batchSize: f.integer({
    group: 'output',
    label: 'Batch size',
    help: 'Footprints per batch file. A batch is the unit that is redone after an interruption.',
    unit: 'footprints',
    min: 1,
    max: 100_000,
    default: 1000,
    affects: 'plan',
  }),
  compression: f.integer({
    group: 'output',
    label: 'Compression',
    help: 'gzip level of the image layers (with the shuffle filter); 0 stores them uncompressed.',
    min: 0,
    max: 9,
    default: 1,
    affects: 'batch',
  }),
  verify: f.choice({
    group: 'output',
    label: 'Verification',
    help: 'How much of a fused dataset is read again and compared before it gets its name: full reads everything, sampled about 2 GB of files above 10 GB and everything of smaller ones.',
    choices: ['sampled', 'full'],
    default: 'sampled',
    affects: null,
  }),
  plotDistribution: f.boolean({
    group: 'output',
    label: 'Plot the combined tables',
    help: 'Also plot the distribution of the combined tables.',
    default: false,
    affects: null,
  }),
  workers: f.optionalInteger({
    group: 'run',
    label: 'Workers',
    help: 'Worker processes. Left out: one per processor core.',
    unit: 'processes',
    min: 1,
    max: 256,
    affects: null,
  }),
  memory: f.integer({
    group: 'run',
    label: 'Memory',
    help: 'Upper bound for tables and block caches of all workers together.',
    unit: 'MiB',
    min: 256,
    max: 1_048_576,
    default: 2048,
    affects: null,
  }),
} as const
