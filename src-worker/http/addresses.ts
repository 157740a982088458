import { createHash } from 'node:crypto'
import { StudioError } from '../../src-shared/errors/studio-error'

/** Query parameters that carry a signature and say nothing about which file is meant, in lower case. */
const SIGNATURE = /^(x-amz-.*|x-goog-.*|awsaccesskeyid|googleaccessid|signature|expires|key-pair-id|policy)$/
/** Those of Azure's shared access signatures. */
const AZURE_SIGNATURE = new Set(
  'sv ss srt sr sp st se sip spr sig si ses skoid sktid skt ske sks skv saoid suoid scid sdd rscc rscd rsce rscl rsct'.split(
    ' ',
  ),
)

/**
 * Reads an address.
 * @throws StudioError `source-answer` where it is none of http or https.
 */
export function parseAddress(href: string): URL {
  const url = URL.canParse(href) ? new URL(href) : null
  if (url !== null && (url.protocol === 'http:' || url.protocol === 'https:')) return url
  throw new StudioError('source-answer', 'The address is none of http or https.', {
    file: href.replace(/[?#].*$/s, '').replace(/\/\/[^/@]*@/, '//'),
    hint: 'Only http and https addresses are followed; check the catalog or the address of the source.',
  })
}

/** An address without query, fragment and user name: what may stand in messages. */
export function withoutQuery(url: URL): string {
  return `${url.origin}${url.pathname}`
}

/**
 * What a file at an address is known by, whatever signature its URL carries at the time. Query parameters that may
 * tell files apart appear as a digest, since they may be secret as well.
 */
export function fileIdentity(url: URL): string {
  const azure = url.searchParams.has('sig')
  const rest = [...url.searchParams].filter(([name]) => {
    const lower = name.toLowerCase()
    return !SIGNATURE.test(lower) && !(azure && AZURE_SIGNATURE.has(lower))
  })
  const plain = withoutQuery(url)
  if (rest.length === 0) return plain
  return `${plain}#${createHash('sha256').update(JSON.stringify(rest)).digest('hex').slice(0, 16)}`
}

/** Whether a connection to this host stays on the machine. */
export function isLoopback(url: URL): boolean {
  const { hostname } = url
  return (
    hostname === 'localhost' ||
    hostname.endsWith('.localhost') ||
    hostname === '[::1]' ||
    /^127(\.\d{1,3}){3}$/.test(hostname)
  )
}
