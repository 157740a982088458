import type { Split } from '../../src-shared/footprint/footprint'
import type { Settings } from '../../src-shared/settings/settings'
import { TRY } from '../../src-worker/files/durable-file'

/** What scripts need to know beside the settings. */
export interface ScriptPlace {
  /** The project folder, on a file system that all nodes share. */
  folder: string
  /** Folder for what tasks print. */
  logs: string
  /** How the program is called, as words of shell. */
  program: string
}

/** Batches of a split: the first, counted over train and test, and how many there are. */
export interface SplitRange {
  split: Split
  first: number
  count: number
}

/** Share of a task's memory that tables and caches may take; the rest is for the processes themselves. */
const OWN_SHARE = 0.5
/** Seconds before the end of its time at which a task is told to end: cancelling takes two. */
const NOTICE_SECONDS = 60

/** The script of a job array that cuts the batches of a split. */
export function arrayScript(
  settings: Settings,
  place: ScriptPlace,
  { split, first, count }: SplitRange,
): string {
  const { slurmBatches, slurmCores, slurmMemory } = settings
  const own = Math.max(256, Math.floor(slurmMemory * OWN_SHARE))
  return script(settings, place, {
    name: `gedi-${split}`,
    log: `${split}-%A_%a.txt`,
    cores: slurmCores,
    lines: [
      // Each task of an array has a job number of its own; one that is started anew keeps it.
      `export ${TRY}="\${SLURM_JOB_ID:-0}-\${SLURM_RESTART_COUNT:-0}"`,
      `first=$(( ${first} + SLURM_ARRAY_TASK_ID * ${slurmBatches} ))`,
      `last=$(( first + ${slurmBatches} - 1 ))`,
      `if [ "$last" -gt ${first + count - 1} ]; then last=${first + count - 1}; fi`,
      `exec ${place.program} batch --output ${word(place.folder)} --index "$first-$last" --workers ${slurmCores} --memory ${own}`,
    ],
  })
}

/** The script of the job that fuses the splits whose batches are all finished. */
export function fuseScript(settings: Settings, place: ScriptPlace, split: Split): string {
  return script(settings, place, {
    name: `gedi-fuse-${split}`,
    log: `fuse-${split}-%j.txt`,
    cores: Math.min(2, settings.slurmCores),
    lines: [`exec ${place.program} fuse --output ${word(place.folder)} --only-finished --workers 1`],
  })
}

interface JobDescription {
  name: string
  log: string
  cores: number
  lines: readonly string[]
}

function script(settings: Settings, { logs }: ScriptPlace, job: JobDescription): string {
  const { slurmTime, slurmPartition, slurmAccount, slurmDirectives, slurmMemory, slurmSetup } = settings
  const directives = [
    `--job-name=${job.name}`,
    `--output=${logs}/${job.log}`,
    '--nodes=1',
    '--ntasks=1',
    `--cpus-per-task=${job.cores}`,
    `--mem=${slurmMemory}M`,
    `--signal=B:TERM@${NOTICE_SECONDS}`,
    '--requeue',
    '--kill-on-invalid-dep=yes',
    ...(slurmTime === null ? [] : [`--time=${slurmTime}`]),
    ...(slurmPartition === null ? [] : [`--partition=${slurmPartition}`]),
    ...(slurmAccount === null ? [] : [`--account=${slurmAccount}`]),
    ...(slurmDirectives === null ? [] : slurmDirectives.split(/ +/)),
  ]
  return [
    '#!/bin/bash',
    ...directives.map((directive) => `#SBATCH ${directive}`),
    'set -eu',
    ...(slurmSetup === null ? [] : [slurmSetup]),
    ...job.lines,
    '',
  ].join('\n')
}

/** A text as one word of shell. */
export function word(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`
}
