import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { StudioError } from '../../src-shared/errors/studio-error'
import { NO_SOURCES } from '../../src-shared/run/project'
import { withGivenSources } from './source-options'

const given = (source: string): string | null =>
  withGivenSources(NO_SOURCES, { output: 'out', source }).source

describe('sources on the command line', () => {
  it.each(['planetary-computer', 'earth-search', 'aws', 'https://stac.example/v1', 'HTTP://localhost:8080/'])(
    'stay as they are: %s',
    (source) => {
      expect(given(source)).toBe(source)
    },
  )

  it.each(['imagery', '/data/imagery', './earth-search', 'C:/imagery'])('are folders: %s', (source) => {
    expect(given(source)).toBe(resolve(source))
  })

  it.each(['s3://bucket/items', 'ftp://host/', 'file:///data', 'https://', 'https://user:secret@host/v1'])(
    'are refused: %s',
    (source) => {
      try {
        given(source)
        expect.unreachable()
      } catch (error) {
        expect(error).toBeInstanceOf(StudioError)
        expect(error).toMatchObject({ tag: 'usage' })
        expect(String(error)).not.toContain('secret')
      }
    },
  )
})
