// The real worker process, but with a decoder that crashes. FRAGILE_LOG: a file that takes a digest of every piece of
// data which is inflated. FRAGILE_AT: the digest of one that ends the process, as a fault in native code does.
import { createHash } from 'node:crypto'
import { appendFileSync } from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import zlib from 'node:zlib'

const { FRAGILE_LOG: log, FRAGILE_AT: crashAt } = process.env
const inflateSync = zlib.inflateSync

zlib.inflateSync = (data, options) => {
  const digest = createHash('sha256').update(data).digest('hex')
  if (log) appendFileSync(log, `${digest}\n`)
  if (digest === crashAt) {
    process.kill(process.pid, 'SIGSEGV')
    for (;;);
  }
  return inflateSync(data, options)
}
syncBuiltinESMExports()

await import('../dist/main/worker.js')
