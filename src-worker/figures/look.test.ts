import { writeFile } from 'node:fs/promises'
import { it } from 'vitest'
import { withDatabase } from '../footprints/database'
import { readDensity } from './density'
import { readDistribution } from './distribution'
import { figureSpec } from './figure-spec'
import { fitFrame } from './frame'
import { pngOf } from './png'
import { renderSvg } from './svg'

const T = (year: string, expr: string) =>
  `TIMESTAMP '${year}-01-01' + INTERVAL (${expr}) DAY AS acquisition_time`
const sets: [string, 'train' | 'test', 'subset' | 'combined', string][] = [
  [
    'cluster',
    'train',
    'subset',
    `SELECT 9 + (i%8)*0.004 + 0.0006*(i//8)*0.4 AS lon_lowestmode, 48 + 0.00053*(i//8) AS lat_lowestmode, ${T('2020', '[158,213,358][1+i%3]')} FROM range(420) t(i)`,
  ],
  [
    'continental',
    'test',
    'subset',
    `SELECT -9 + 40*random() + 3*sin(i) AS lon_lowestmode, 37 + 15*sqrt(random()) AS lat_lowestmode, ${T('2021', '(182+80*(random()+random()+random()+random()-2))::INTEGER')} FROM range(30000) t(i)`,
  ],
  [
    'global',
    'train',
    'combined',
    `WITH o AS (SELECT i, i//10000 AS orbit, (i%10000)/10000.0*2*pi() AS u FROM range(1000000) t(i)) SELECT ((orbit*222.9 + degrees(atan2(cos(radians(51.6))*sin(u), cos(u))) - u/(2*pi())*23.2 + 720 + 180) % 360) - 180 AS lon_lowestmode, degrees(asin(sin(radians(51.6))*sin(u))) AS lat_lowestmode, ${T('2019', '(90+(hash(orbit)%640))::INTEGER')} FROM o WHERE hash(i//130, 7) % 3 = 0`,
  ],
  [
    'antimeridian',
    'train',
    'subset',
    `SELECT CASE WHEN i%2=0 THEN 176+ 4*random() ELSE -180 + 3*random() END AS lon_lowestmode, -19 + 4*random() AS lat_lowestmode, ${T('2020', '(366*random())::INTEGER')} FROM range(5000) t(i)`,
  ],
  [
    'zero',
    'test',
    'subset',
    `SELECT 1.0 AS lon_lowestmode, 2.0 AS lat_lowestmode, ${T('2020', '0')} FROM range(0)`,
  ],
  [
    'one',
    'test',
    'subset',
    `SELECT -61.5 AS lon_lowestmode, -3.2 AS lat_lowestmode, ${T('2021', '364')} FROM range(1)`,
  ],
  [
    'island',
    'train',
    'combined',
    `SELECT -18 + 2.5*random() AS lon_lowestmode, 27.7 + 1.5*random() AS lat_lowestmode, ${T('2020', '(366*random())::INTEGER')} FROM range(800000) t(i)`,
  ],
  [
    'chile',
    'test',
    'combined',
    `SELECT -73 + 2*random() AS lon_lowestmode, -52 + 32*random() AS lat_lowestmode, ${T('2021', '(365*random())::INTEGER')} FROM range(20000) t(i)`,
  ],
  [
    'pacific',
    'test',
    'combined',
    `SELECT CASE WHEN i%2=0 THEN 115+ 40*random() ELSE -125 + 60*random() END AS lon_lowestmode, -40 + 85*random() AS lat_lowestmode, ${T('2021', '(365*random())::INTEGER')} FROM range(200000) t(i)`,
  ],
]
const only = process.env.ONLY?.split(',')
it.each(sets.filter(([n]) => !only || only.includes(n)))('%s', async (name, split, kind, sql) => {
  await withDatabase({ memoryMb: 1000, threads: 2, tempDirectory: '/tmp/look/spill' }, async (db) => {
    await db.run('SELECT setseed(0.5)')
    await db.run(`CREATE TABLE t AS ${sql}`)
    const t0 = performance.now()
    const d = await readDistribution(db, 't')
    const frame = fitFrame(d.range)
    const density = await readDensity(db, 't', d.rows, frame)
    const t1 = performance.now()
    const spec = await figureSpec({ split, kind, table: `/data/${split}_${kind}.csv` }, d, frame, density)
    const t2 = performance.now()
    const svg = await renderSvg(spec)
    const t3 = performance.now()
    const png = await pngOf(svg)
    const t4 = performance.now()
    await writeFile(`/tmp/look/${name}.svg`, svg)
    await writeFile(`/tmp/look/${name}.png`, png)
    console.log(
      name,
      density.kind,
      density.kind === 'cells' ? [density.size, density.cells.length, density.max] : density.dots.length,
      [t1 - t0, t2 - t1, t3 - t2, t4 - t3].map(Math.round),
      svg.length,
      png.length,
    )
  })
})
