/** A request for a JSON document. */
export interface JsonRequest {
  url: string
  /** Sent by POST as JSON where it is given; else GET. */
  body?: unknown
  signal: AbortSignal
}

/** A JSON document, parsed, not checked. */
export interface JsonAnswer {
  value: unknown
  /** Where it came from in the end, after redirects. */
  url: string
}

/** Fetches JSON documents; what can be tried again has been by the time it throws. */
export interface JsonClient {
  /**
   * @throws StudioError `source-unreachable`, `source-insecure`, `source-busy` (with the last status in its context as
   * `status`), `source-denied`, `source-answer`, `asset-missing` (404); `cancelled`
   */
  json(request: JsonRequest): Promise<JsonAnswer>
}
