import { StudioError, type ErrorContext } from '../../src-shared/errors/studio-error'
import type { ErrorTag } from '../../src-shared/errors/tags'
import type { AssetOrigin } from '../raster/byte-source'
import { withoutQuery } from './addresses'
import type { HttpFault } from './fault'
import { isBusy } from './retry-policy'

/** What a request was for. */
export interface Subject {
  url: URL
  /** Scene or tile that a file belongs to, null for documents. */
  origin: AssetOrigin | null
}

interface Wording {
  tag: ErrorTag
  message: string
  hint: string
}

/**
 * The error that a fault turns into when it is not tried again. It names the address without its query; nothing of
 * what the HTTP library threw is kept but a code.
 * @param attempts 0 where the request was not sent because its host is down
 */
export function faultError(fault: HttpFault, { url, origin }: Subject, attempts: number): StudioError {
  const { tag, message, hint } = wordingOf(fault, attempts)
  return new StudioError(tag, message, {
    file: withoutQuery(url),
    hint,
    context: contextOf(fault, url, origin, attempts),
    ...(fault.details.code === undefined || fault.details.code === '' ? {} : { cause: fault.details.code }),
  })
}

function contextOf(fault: HttpFault, url: URL, origin: AssetOrigin | null, attempts: number): ErrorContext {
  return {
    host: url.host,
    ...(fault.details.status === undefined ? {} : { status: fault.details.status }),
    attempts,
    ...(origin === null ? {} : { collection: origin.collection, item: origin.item }),
  }
}

function wordingOf(fault: HttpFault, attempts: number): Wording {
  const tried = triedWords(attempts)
  const message = `${fault.message}${tried}.`
  switch (fault.kind) {
    case 'unresolved':
      return {
        tag: 'source-unreachable',
        message,
        hint: 'Check the spelling of the address and the network connection.',
      }
    case 'refused':
    case 'broken':
    case 'timeout':
    case 'short':
      return {
        tag: 'source-unreachable',
        message,
        hint: 'Check the address and the network, and run again: only what is missing is fetched.',
      }
    case 'proxy':
      return {
        tag: 'source-unreachable',
        message,
        hint: 'Check the environment variables HTTPS_PROXY and NO_PROXY.',
      }
    case 'tls':
      return {
        tag: 'source-unreachable',
        message,
        hint: 'Check whether the address begins with https or with http, and its port.',
      }
    case 'insecure':
      return {
        tag: 'source-insecure',
        message,
        hint: 'Check the address and the clock of the machine. Behind a proxy that inspects traffic, name its certificate in NODE_EXTRA_CA_CERTS.',
      }
    case 'answer':
    case 'changed':
      return {
        tag: 'source-answer',
        message,
        hint:
          fault.kind === 'changed'
            ? 'Run again: the file is fetched anew.'
            : 'Check that the address is that of a STAC API or of the file itself.',
      }
    case 'status':
      return statusWording(fault.details.status ?? 0, tried)
  }
}

function triedWords(attempts: number): string {
  if (attempts === 0) return ', and after many failures it is asked now and then only'
  return attempts === 1 ? '' : `, also when tried ${attempts} times`
}

function statusWording(status: number, tried: string): Wording {
  if (isBusy(status)) {
    return {
      tag: 'source-busy',
      message: `The server turns requests away for the time being (status ${status})${tried}.`,
      hint: 'Wait a while, give --connections a smaller number, and run again.',
    }
  }
  switch (status) {
    case 401:
    case 403:
    // Azure says so of files that are read without a token.
    case 409:
      return {
        tag: 'source-denied',
        message: `The server refuses access (status ${status})${tried}.`,
        hint: 'Files of Planetary Computer want --signing planetary-computer; docs/sources.md names the variables for credentials.',
      }
    case 404:
    case 410:
      return {
        tag: 'asset-missing',
        message: `The server has no such file (status ${status}).`,
        hint: 'Check the address. Where a catalog names it, the catalog is out of date: run with --restart-from plan.',
      }
    default:
      return {
        tag: 'source-answer',
        message: `The server does not take the request (status ${status})${tried}.`,
        hint: 'Check that the address is that of a STAC API or of the file itself.',
      }
  }
}
