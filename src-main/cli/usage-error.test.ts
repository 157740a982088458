import { Command, CommanderError, Option } from 'commander'
import { describe, expect, it } from 'vitest'
import { usageError } from './usage-error'

/** What is said of a command line that the parser refuses. */
function said(...args: string[]): string {
  const program = new Command('gedi-dataset')
  const plan = program.command('plan').requiredOption('--output <dir>').option('--seed <n>')
  plan.addOption(new Option('--until <step>').choices(['ingest', 'plan']))
  for (const command of [program, plan]) command.exitOverride().configureOutput({ writeErr: () => undefined })
  try {
    program.parse(args, { from: 'user' })
  } catch (error) {
    if (error instanceof CommanderError) return usageError(error, 'gedi-dataset plan').describe()
  }
  return 'accepted'
}

describe('a command line that is not understood', () => {
  it.each([
    [['plan', '--output', 'x', '--colour'], "Unknown option '--colour'."],
    [['plan', '--output', 'x', '--sed', '1'], "Unknown option '--sed'. Did you mean --seed?"],
    [['plan', '--output'], "Option '--output <dir>' argument missing."],
    [['plan'], "Required option '--output <dir>' not specified."],
    [
      ['plan', '--output', 'x', '--until', 'noon'],
      "Option '--until <step>' argument 'noon' is invalid. Allowed choices are ingest, plan.",
    ],
    [['paln'], "Unknown command 'paln'. Did you mean plan?"],
  ])('is answered in sentences, with where to look: %j', (args, message) => {
    expect(said(...args)).toBe(`${message} See gedi-dataset plan --help.`)
  })
})
