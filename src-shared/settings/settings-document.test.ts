import { expect, it } from 'vitest'
import { settingsDocument } from './settings-document'

it('docs/settings.md shows the settings as they are (npx vitest run src-shared/settings -u)', async () => {
  await expect(settingsDocument()).toMatchFileSnapshot('../../docs/settings.md')
})
