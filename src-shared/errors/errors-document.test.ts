import { expect, it } from 'vitest'
import { errorsDocument } from './errors-document'

it('docs/errors.md shows the errors as they are (npx vitest run src-shared/errors -u)', async () => {
  await expect(errorsDocument()).toMatchFileSnapshot('../../docs/errors.md')
})
