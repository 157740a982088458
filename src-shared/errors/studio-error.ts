import { z } from 'zod'
import { ERROR_TAGS, type ErrorTag } from './tags'

/** Facts about an error that a person or a test wants to see: file, dataset, band, column, limits. */
export type ErrorContext = Record<string, string | number | boolean | null>

export interface StudioErrorOptions {
  /** What the person can do about it, one sentence. */
  hint: string
  /** The file it is about; shown first. */
  file?: string
  context?: ErrorContext
  cause?: unknown
}

/**
 * An error with a tag, a hint and typed context that survives the way from one process to another.
 * The message says what happened; the hint says what to do.
 */
export class StudioError extends Error {
  override readonly name = 'StudioError'
  readonly tag: ErrorTag
  readonly hint: string
  readonly file: string | undefined
  readonly context: ErrorContext

  constructor(tag: ErrorTag, message: string, options: StudioErrorOptions) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.tag = tag
    this.hint = options.hint
    this.file = options.file
    this.context = options.context ?? {}
  }

  /** One line for a log or a terminal: `file: message (hint)`. */
  describe(): string {
    const place = this.file === undefined ? '' : `${this.file}: `
    return `${place}${this.message} ${this.hint}`.trim()
  }

  /** The form that crosses process boundaries and goes into reports. */
  toJSON(): SerializedError {
    return {
      tag: this.tag,
      message: this.message,
      hint: this.hint,
      ...(this.file === undefined ? {} : { file: this.file }),
      context: this.context,
      ...(this.cause === undefined ? {} : { cause: describeCause(this.cause) }),
    }
  }

  static fromJSON(error: SerializedError): StudioError {
    return new StudioError(error.tag, error.message, {
      hint: error.hint,
      context: error.context,
      ...(error.file === undefined ? {} : { file: error.file }),
      ...(error.cause === undefined ? {} : { cause: error.cause }),
    })
  }
}

const tagNames = Object.keys(ERROR_TAGS) as [ErrorTag, ...ErrorTag[]]

/** Schema of an error as it travels between processes and stands in reports. */
export const serializedErrorSchema = z.object({
  tag: z.enum(tagNames),
  message: z.string(),
  hint: z.string(),
  file: z.string().optional(),
  context: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  cause: z.string().optional(),
})

export interface SerializedError {
  tag: ErrorTag
  message: string
  hint: string
  file?: string | undefined
  context: ErrorContext
  cause?: string | undefined
}

/** Turns anything that was thrown into a StudioError; what is none already becomes `internal`. */
export function toStudioError(thrown: unknown): StudioError {
  if (thrown instanceof StudioError) return thrown
  const message = thrown instanceof Error ? thrown.message : String(thrown)
  return new StudioError('internal', message, {
    hint: 'This is a fault of the program; please report it with the log.',
    cause: thrown,
  })
}

/** The error that an aborted signal turns into. */
export function cancelledError(): StudioError {
  return new StudioError('cancelled', 'The run was cancelled.', {
    hint: 'Run again to go on where it stopped.',
  })
}

/** Throws the `cancelled` error when the signal is aborted. */
export function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) throw cancelledError()
}

function describeCause(cause: unknown): string {
  if (cause instanceof Error) return cause.stack ?? cause.message
  return String(cause)
}
