import { mount } from '@vue/test-utils'
import { afterEach, expect, it, vi } from 'vitest'
import { studioFields } from '../../../src/domain/forms/studio'
import PhotoGrid from '../../../src/ui/photos/PhotoGrid.vue'
import ShotList from '../../../src/ui/photos/ShotList.vue'
import { button, labelled } from '../named'

const mounted: { unmount: () => void }[] = []
function show(props: Record<string, unknown> = {}) {
  const page = mount(PhotoGrid, {
    props: { field: studioFields.premises, name: 'premises', materials: [], ...props },
    attachTo: document.body,
  })
  mounted.push(page)
  return page
}
afterEach(() => {
  for (const page of mounted.splice(0)) page.unmount()
})
const pictures = [{ id: 'a', shot: 'overview' }, { id: 'b' }]

function hand(input: Element, ...files: File[]) {
  Object.defineProperty(input, 'files', { value: files, configurable: true })
  Object.defineProperty(input, 'value', { value: '', writable: true })
  input.dispatchEvent(new Event('change'))
}

it('says what the camera is opened for before it opens', () => {
  const page = show()
  const opened = vi.spyOn(HTMLInputElement.prototype, 'click').mockImplementation(() => {
    expect(page.emitted('opening')).toHaveLength(1)
  })
  button(page, '拍照').click()
  expect(opened).toHaveBeenCalledOnce()
  opened.mockRestore()
})

it('keeps camera and album apart, and hands over what was picked', () => {
  const page = show()
  const [camera, album] = page.findAll('input[type=file]').map(({ element }) => element as HTMLInputElement)
  expect(camera!.getAttribute('capture')).toBe('environment')
  expect(album!.hasAttribute('capture')).toBe(false)
  const picture = new File(['x'], 'a.jpg')
  hand(album!, picture)
  expect(page.emitted('album')).toEqual([[[picture]]])
  expect(page.emitted('camera')).toBeUndefined()
})

it('does nothing when the camera was left without a picture', () => {
  const page = show()
  hand(page.find('input[type=file]').element)
  expect(page.emitted('camera')).toBeUndefined()
})

it('takes PDF files for certificates, pictures only for premises', () => {
  const accepts = (page: ReturnType<typeof show>) => page.findAll('input[type=file]').map((one) => one.attributes('accept'))
  expect(accepts(show())).not.toContainEqual(expect.stringContaining('pdf'))
  expect(accepts(show({ field: studioFields.licence }))).toContainEqual(expect.stringContaining('application/pdf'))
})

it('names pictures by their shot, and tells which one is to be changed', () => {
  const page = show({ materials: pictures })
  const first = labelled(page, '工作室全景')[0]!
  const tools = [...first.querySelectorAll('button')]
  const press = (words: string) => tools.find(({ textContent }) => textContent?.trim() === words)!.click()
  press('旋转')
  press('裁剪')
  press('后移')
  press('删除')
  for (const act of ['rotate', 'crop', 'remove'] as const) expect(page.emitted(act)).toEqual([['a']])
  expect(page.emitted('move')).toEqual([['a', 1]])
  hand(first.querySelector('input[type=file]')!, new File(['x'], 'neu.jpg'))
  expect(page.emitted('retake')?.[0]?.[0]).toBe('a')
})

it('offers no more when the slot is full', () => {
  const page = show({ field: studioFields.idCard, materials: pictures })
  expect(() => button(page, '拍照')).toThrow('no button')
  expect(page.text()).toContain('2 / 2')
})

it('says in words where each picture is', () => {
  const page = show({
    materials: pictures,
    states: { a: { at: 'sending', percent: 37.9 }, b: { at: 'failed', why: '没有传上去' } },
  })
  expect(page.text()).toContain('已传 37%')
  expect(page.text()).toContain('没有传上去')
  expect(page.text()).not.toContain('已同步')
})

it('counts the shots that are taken', () => {
  const page = mount(ShotList, {
    props: { shots: studioFields.premises.shots, materials: [...pictures, { id: 'c', shot: 'overview' }] },
    attachTo: document.body,
  })
  mounted.push(page)
  expect(page.text()).toContain('已拍 1 / 9 项')
  expect(page.text()).toContain('已拍 2 张')
  const files = [new File(['x'], 'a.jpg')]
  hand(page.findAll('input[data-from=camera]')[1]!.element, ...files)
  expect(page.emitted('camera')).toEqual([['entrance', files]])
})
