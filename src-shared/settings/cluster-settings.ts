import * as f from './field'

/** A name as Slurm takes it; several, with commas between them. */
const NAMES = /^[\w.@+-]+(,[\w.@+-]+)*$/

/** What jobs on a Slurm cluster ask for. None of these settings changes a result. */
export const CLUSTER_SETTINGS = {
  slurmBatches: f.integer({
    group: 'cluster',
    label: 'Batches per task',
    help: 'Batches that one task of the job array cuts. A task that is ended early loses at most the batch in flight.',
    unit: 'batches',
    min: 1,
    max: 10_000,
    default: 20,
    affects: null,
  }),
  slurmCores: f.integer({
    group: 'cluster',
    label: 'Cores per task',
    help: 'Cores of a task, and worker processes in it.',
    unit: 'cores',
    min: 1,
    max: 256,
    default: 4,
    affects: null,
  }),
  slurmMemory: f.integer({
    group: 'cluster',
    label: 'Memory per task',
    help: 'Memory that a task asks for. The program keeps to half of it and leaves the rest to the processes themselves.',
    unit: 'MiB',
    min: 1024,
    max: 1_048_576,
    default: 8192,
    affects: null,
  }),
  slurmTime: f.optionalText({
    group: 'cluster',
    label: 'Time limit',
    help: 'Longest time of a task, as Slurm takes it: minutes, H:MM:SS or D-HH:MM:SS. Left out: that of the partition.',
    form: /^(\d+|\d+(:\d{1,2}){1,2}|\d+-\d{1,2}(:\d{1,2}){0,2})$/,
    problem: 'is no time as Slurm takes it',
    example: '4:00:00',
    affects: null,
  }),
  slurmTasks: f.optionalInteger({
    group: 'cluster',
    label: 'Tasks at a time',
    help: 'Tasks that run at the same time at most. Left out: as many as the cluster lets.',
    unit: 'tasks',
    min: 1,
    max: 100_000,
    affects: null,
  }),
  slurmPartition: f.optionalText({
    group: 'cluster',
    label: 'Partition',
    help: 'Partition of the jobs. Left out: the default of the cluster.',
    form: NAMES,
    problem: 'is no name of a partition',
    example: 'compute',
    affects: null,
  }),
  slurmAccount: f.optionalText({
    group: 'cluster',
    label: 'Account',
    help: 'Account that the jobs are charged to. Left out: yours.',
    form: NAMES,
    problem: 'is no name of an account',
    example: 'forest-lab',
    affects: null,
  }),
  slurmDirectives: f.optionalText({
    group: 'cluster',
    label: 'More directives',
    help: 'Further options of sbatch, with spaces between them; options that begin with -- only.',
    form: /^--[a-z][\w-]*(=\S+)?( +--[a-z][\w-]*(=\S+)?)*$/,
    problem: 'is no list of options such as --qos=long --constraint=avx2',
    example: '--qos=long --constraint=avx2',
    affects: null,
  }),
  slurmSetup: f.optionalText({
    group: 'cluster',
    label: 'Set-up line',
    help: 'A line of shell that each task runs first, such as one that loads a module with Node.',
    form: /^[^\n\r]+$/,
    problem: 'must be one line',
    example: 'module load nodejs/20',
    affects: null,
  }),
  slurmProgram: f.optionalText({
    group: 'cluster',
    label: 'Program on the cluster',
    help: 'How a task calls the program, as a word of shell. Left out: as it is called now, by its full path.',
    form: /^[^\n\r]+$/,
    problem: 'must be one line',
    example: '$HOME/gedi-dataset/bin/gedi-dataset',
    affects: null,
  }),
} as const

/**
 * Settings that tasks run as shell, or that sbatch obeys. They are given on the command line alone: the page, which draws files of
 * others, must not be able to have commands run.
 */
export const SHELL_SETTINGS = ['slurmSetup', 'slurmDirectives', 'slurmProgram'] as const
