import { hostname, networkInterfaces } from 'node:os'

/** Addresses that mean "on every network". */
const WILDCARDS = new Set(['0.0.0.0', '::'])

/** Whether a name or address, in small letters, is this machine's own and reached from nowhere else. */
export function isLoopback(name: string): boolean {
  return name === 'localhost' || name === '::1' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(name)
}

/**
 * Names and addresses that a browser may use for a server that listens on `host`, in small letters: that one, and on
 * every network the machine's own name and addresses.
 */
export function namesOf(host: string): ReadonlySet<string> {
  const name = host.toLowerCase()
  if (!WILDCARDS.has(name)) return new Set([name])
  const addresses = Object.values(networkInterfaces()).flatMap((all) =>
    (all ?? []).map(({ address }) => address),
  )
  return new Set([hostname(), ...addresses].map((own) => own.toLowerCase()))
}

/** How `host` and `port` stand in an address that people can open on this machine. */
export function addressOf(host: string, port: number): string {
  const shown = WILDCARDS.has(host) ? '127.0.0.1' : host
  return `http://${shown.includes(':') ? `[${shown}]` : shown}:${port}/`
}
