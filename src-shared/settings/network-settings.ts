import * as f from './field'

/** Settings of imagery that is read from servers. None of them changes a result. */
export const NETWORK_SETTINGS = {
  signing: f.choice({
    group: 'network',
    label: 'Signing',
    help: 'Whose tokens the band files want: those of Planetary Computer, or none. The source planetary-computer has its own.',
    choices: ['none', 'planetary-computer'],
    default: 'none',
    affects: null,
  }),
  signingUrl: f.optionalUrl({
    group: 'network',
    label: 'Signing address',
    help: 'Where tokens are fetched, if not at Planetary Computer itself: the address before /token/….',
    affects: null,
  }),
  connections: f.integer({
    group: 'network',
    label: 'Connections',
    help: 'Connections to one server at a time, of all workers together.',
    unit: 'connections',
    min: 1,
    max: 512,
    default: 64,
    affects: null,
  }),
  networkCache: f.integer({
    group: 'network',
    label: 'Network cache',
    help: 'Upper bound for what the project keeps of files on servers, so that nothing is fetched twice; 0 keeps nothing.',
    unit: 'MiB',
    min: 0,
    max: 10_485_760,
    default: 4096,
    affects: null,
  }),
} as const
