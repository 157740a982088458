import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'

/** A record of a CSV file and the number of the line, from 1, on which it begins. */
export interface CsvRecord {
  line: number
  text: string
}

/**
 * The records of a CSV file, without byte order mark and empty lines. A quoted field may hold line ends.
 * @throws the file system's error
 */
export async function* csvRecords(path: string): AsyncGenerator<CsvRecord> {
  const stream = createReadStream(path, { encoding: 'utf8' })
  let line = 0
  let open: CsvRecord | null = null
  try {
    for await (const raw of createInterface({ input: stream, crlfDelay: Infinity })) {
      line += 1
      const text = line === 1 ? raw.replace(/^\uFEFF/, '') : raw
      const record: CsvRecord =
        open === null ? { line, text } : { line: open.line, text: `${open.text}\n${text}` }
      open = hasOpenQuote(record.text) ? record : null
      if (open === null && record.text !== '') yield record
    }
    if (open !== null) yield open
  } finally {
    stream.destroy()
  }
}

/** The fields of a record, quotes taken off. */
export function splitRecord(text: string, delimiter: string): string[] {
  const fields: string[] = []
  let field = ''
  let quoted = false
  for (let i = 0; i < text.length; i++) {
    const letter = text.charAt(i)
    if (letter === '"' && quoted && text.charAt(i + 1) === '"') {
      field += '"'
      i += 1
    } else if (letter === '"') {
      quoted = !quoted
    } else if (letter === delimiter && !quoted) {
      fields.push(field)
      field = ''
    } else {
      field += letter
    }
  }
  return [...fields, field]
}

function hasOpenQuote(text: string): boolean {
  return text.includes('"') && text.split('"').length % 2 === 0
}
