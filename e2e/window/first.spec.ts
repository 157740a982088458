import { picture, test } from './fixtures'
test('first look', async ({ window }) => {
  await picture(window.page, 'start')
  await window.openSample()
  await window.page.waitForTimeout(15000)
  await picture(window.page, 'generate')
})
