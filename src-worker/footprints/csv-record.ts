import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'

/** A record of a CSV file and the number of the line, from 1, on which it begins. */
export interface CsvRecord {
  line: number
  text: string
}

/** A stray quotation mark would make one record of the rest of a file; such a record ends here, characters. */
const LONGEST_RECORD = 1_000_000

/**
 * The records of a CSV file, without byte order mark and empty lines. A quoted field may hold line ends.
 * @param bytes how much of the file to read; all where left out
 * @throws the file system's error
 */
export async function* csvRecords(path: string, bytes = Infinity): AsyncGenerator<CsvRecord> {
  const stream = createReadStream(path, { encoding: 'utf8', end: bytes - 1 })
  let line = 0
  let open: CsvRecord | null = null
  try {
    for await (const raw of createInterface({ input: stream, crlfDelay: Infinity })) {
      line += 1
      const text = line === 1 ? raw.replace(/^\uFEFF/, '') : raw
      const closes: boolean = hasOddQuotes(text) === (open !== null)
      const record: CsvRecord =
        open === null ? { line, text } : { line: open.line, text: `${open.text}\n${text}` }
      open = closes || record.text.length > LONGEST_RECORD ? null : record
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

function hasOddQuotes(text: string): boolean {
  return text.includes('"') && text.split('"').length % 2 === 0
}
