import { join } from 'node:path'
import { InflatedEntries } from '../safe/inflated-entries'

/** What is inflated of archives is shared by all jobs and workers of a run, and gone with its temporary folder. */
export function inflatedIn(tempDirectory: string): InflatedEntries {
  return new InflatedEntries(join(tempDirectory, 'inflated'))
}
