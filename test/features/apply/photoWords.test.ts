import { expect, it } from 'vitest'
import StepPage from '../../../src/features/apply/StepPage.vue'
import { FakeServer } from '../../support/fakeWire'
import { addPhoto, beginDraft, newPhone, view } from '../../data/phones'
import { mounting, shown } from '../mounted'

it('I6: what is typed about a photo is called saved when it is, and not before', async () => {
  newPhone(new FakeServer())
  const draft = await beginDraft()
  await addPhoto(draft, 'licence', '营业执照')
  const { page, router } = await mounting(StepPage)
  await router.push(`/apply/${draft}/certificates`)
  const line = () => page.find('.line').text()
  await shown(() => expect(page.find('.says input').exists()).toBe(true))
  await shown(() => expect(line()).toContain('已存本机'))

  await page.find('.says input').setValue('正面')
  expect(line()).toContain('正在保存')
  await shown(() => expect(line()).toContain('已存本机'))
  expect((await view(draft)).answers.licence).toMatchObject([{ caption: '正面' }])
})
