import type { CommanderError } from 'commander'
import { StudioError } from '../../src-shared/errors/studio-error'

/**
 * What the parser of the command line has to say, as an error of this program: a sentence, and a suggestion as one more.
 * @param help the command whose help lists what is right
 */
export function usageError({ message }: Pick<CommanderError, 'message'>, help: string): StudioError {
  const lines = message.replace(/^error: /, '').split('\n')
  return new StudioError('usage', lines.map(asSentence).join(' '), { hint: `See ${help} --help.` })
}

/** A line of the parser as a sentence; its suggestions stand in brackets. */
function asSentence(line: string): string {
  const text = line.replace(/^\((.*)\)$/, '$1')
  const sentence = text.charAt(0).toUpperCase() + text.slice(1)
  return /[.?]$/.test(sentence) ? sentence : `${sentence}.`
}
