/** What a request was, for counting. */
export type AnswerKind = 'range' | 'whole' | 'head' | 'token' | 'search' | 'document' | 'other'

/** An answer before it is sent. */
export interface Outcome {
  kind: AnswerKind
  status: number
  headers?: Record<string, string>
  body?: Buffer
}

export interface Incoming {
  method: string
  url: URL
  headers: Readonly<Record<string, string | undefined>>
  /** Body of a POST, empty otherwise. */
  body: Buffer
}

export function jsonOutcome(kind: AnswerKind, status: number, value: unknown): Outcome {
  const type = kind === 'search' ? 'application/geo+json' : 'application/json'
  return { kind, status, headers: { 'content-type': type }, body: Buffer.from(JSON.stringify(value)) }
}
