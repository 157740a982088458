// The real worker process, but with a decoder that crashes. FRAGILE_LOG: a file that takes a digest of every piece of
// data which is inflated. FRAGILE_AT: the digest of one that ends the process, as a fault in native code does.
import { createHash } from 'node:crypto'
import { appendFileSync } from 'node:fs'
import { createInflate } from 'node:zlib'

const { FRAGILE_LOG: log, FRAGILE_AT: crashAt } = process.env

// Blocks are inflated by the handle of a stream that is kept, see src-worker/deflate/inflate-into.ts; handles of all
// streams have this method, and only what is inflated begins with the header of a zlib stream (RFC 1950).
const handles = Object.getPrototypeOf(createInflate()._handle)
const { writeSync } = handles
handles.writeSync = function (flush, data, ...rest) {
  if (data[0] === 0x78 && (0x7800 + data[1]) % 31 === 0) look(data)
  return writeSync.call(this, flush, data, ...rest)
}

function look(data) {
  const digest = createHash('sha256').update(data).digest('hex')
  if (log) appendFileSync(log, `${digest}\n`)
  if (digest === crashAt) {
    process.kill(process.pid, 'SIGSEGV')
    for (;;);
  }
}

await import('../dist/main/worker.js')
