import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, it } from 'vitest'

const root = resolve(import.meta.dirname, '..')
/** Rates that nothing but the cores limits. */
const FREE = [
  '--providerRequestsPerSecond',
  '--providerMegabytesPerSecond',
  '--nodeMegabytesPerSecond',
  '--metadataPerSecond',
].flatMap((flag) => [flag, '1e12'])

function simulate(...flags: string[]): string {
  const script = resolve(root, 'scripts/simulate-scaling.mjs')
  return execFileSync(process.execPath, [script, ...flags], { encoding: 'utf8' })
}

/** Hours of cutting and what limits it, for each machine. */
function cutting(tables: string): { hours: number; limit: string }[] {
  return [...tables.matchAll(/^\| (?:one of|50 nodes).*$/gm)].map(([line]) => {
    const cells = line.split('|').map((cell) => cell.trim())
    return { hours: Number(cells[3]), limit: cells[6] }
  })
}

it('the page about scale holds what the simulation prints', () => {
  const page = readFileSync(resolve(root, 'docs/scaling.md'), 'utf8')
  const shown = /<!-- simulated -->\n\n([^]*)\n<!-- end of simulated -->/.exec(page)?.[1]
  expect(shown).toBe(simulate())
})

it('without other limits cutting takes as long as the cores need', () => {
  const footprints = 8e6 / 0.5
  const machines = cutting(simulate(...FREE, '--passShare', '0.5', '--footprintsPerCoreSecond', '10'))
  expect(machines.map(({ limit }) => limit)).toEqual(['cores', 'cores', 'cores', 'cores'])
  for (const [index, cores] of [2, 8, 32].entries()) {
    const least = footprints / 10 / cores / 3600
    expect(machines[index].hours / least).toBeGreaterThan(0.99)
    expect(machines[index].hours / least).toBeLessThan(1.03)
  }
})

it('a provider that gives little decides, however many nodes there are', () => {
  const little = ['--providerRequestsPerSecond', '100', '--requestsPerFootprint', '4', '--passShare', '1']
  const machines = cutting(simulate(...FREE, ...little))
  const least = (8e6 * 4) / 100 / 3600
  expect(machines[3].limit).toBe('requests of the provider')
  expect(machines[3].hours / least).toBeGreaterThan(0.99)
  expect(machines[3].hours / least).toBeLessThan(1.05)
})
