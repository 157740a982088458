import { quotedString } from '@duckdb/node-api'
import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { sceneSchema, tileSchema, type Scene, type Tile } from '../../src-shared/catalog/scene'
import { StudioError } from '../../src-shared/errors/studio-error'
import type { Catalog } from '../catalog/catalog'
import { finishFile, partPath, writeDurably } from '../files/durable-file'
import type { Database } from '../footprints/database'
import { globLiteral } from '../footprints/table'

/** The files of a project that keep the catalog of its run. */
export interface CatalogFiles {
  /** Parquet: number, id and JSON of every scene. */
  scenes: string
  /** JSON: tiles of terrain and land cover. */
  tiles: string
}

const tilesSchema = z.object({ dem: z.array(tileSchema), landcover: z.array(tileSchema) })

/** Writes a catalog; a scene's number is its place in the catalog's list. */
export async function writeCatalog(database: Database, catalog: Catalog, files: CatalogFiles): Promise<void> {
  await database.run('CREATE OR REPLACE TEMP TABLE scene_rows (number INTEGER, id VARCHAR, json VARCHAR)')
  const appender = await database.connection.createAppender('scene_rows')
  for (const [number, scene] of catalog.scenes.entries()) {
    appender.appendInteger(number)
    appender.appendVarchar(scene.id)
    appender.appendVarchar(JSON.stringify(scene))
    appender.endRow()
  }
  appender.closeSync()
  await database.run(
    `COPY (SELECT * FROM scene_rows ORDER BY number) TO ${quotedString(partPath(files.scenes))} (FORMAT parquet)`,
    { file: files.scenes },
  )
  await finishFile(files.scenes)
  await writeDurably(files.tiles, JSON.stringify({ dem: catalog.dem, landcover: catalog.landcover }))
}

/**
 * Scenes of a written catalog by number: all, or those asked for.
 * @throws StudioError `catalog-invalid` where the file is damaged
 */
export async function readScenes(
  database: Database,
  path: string,
  numbers?: readonly number[],
): Promise<Map<number, Scene>> {
  const which = numbers === undefined ? '' : `WHERE number IN (${['-1', ...numbers.map(String)].join(',')})`
  const rows = await database.rows(
    `SELECT number, json FROM read_parquet(${globLiteral(path)}) ${which} ORDER BY number`,
    z.object({ number: z.int(), json: z.string() }),
    { file: path },
  )
  return new Map(rows.map(({ number, json }) => [number, parsed(sceneSchema, json, path)]))
}

/**
 * The tiles of a written catalog.
 * @throws StudioError `catalog-invalid` where the file is damaged or missing
 */
export async function readTiles(path: string): Promise<{ dem: Tile[]; landcover: Tile[] }> {
  try {
    return parsed(tilesSchema, await readFile(path, 'utf8'), path)
  } catch (cause) {
    throw damaged(path, cause)
  }
}

function parsed<T>(schema: z.ZodType<T>, json: string, file: string): T {
  try {
    return schema.parse(JSON.parse(json))
  } catch (cause) {
    throw damaged(file, cause)
  }
}

function damaged(file: string, cause: unknown): StudioError {
  if (cause instanceof StudioError) return cause
  return new StudioError('catalog-invalid', 'The catalog of this project is damaged.', {
    file,
    hint: 'Run again with --restart-from plan.',
    cause,
  })
}
