/** Pages and parts of them as the app mounts them: with its stores, and with addresses that lead nowhere. */
import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { afterEach, vi } from 'vitest'
import type { Component } from 'vue'
import { createMemoryHistory, createRouter, type Router } from 'vue-router'

// jsdom has neither layout nor modal dialogs.
Element.prototype.scrollIntoView = vi.fn<() => void>()
HTMLDialogElement.prototype.showModal = function open() {
  this.open = true
}
HTMLDialogElement.prototype.close = function shut() {
  this.open = false
}

const places = {
  start: '/',
  tasks: '/apply/:draft',
  review: '/apply/:draft/review',
  receipt: '/apply/:draft/receipt',
  step: '/apply/:draft/:step',
  outbox: '/outbox',
  login: '/login',
  me: '/me',
  devices: '/me/devices',
  phone: '/me/phone',
  factor: '/staff/factor',
  storage: '/storage',
}
const nowhere = { template: '<div />' }

const mounted: VueWrapper[] = []
afterEach(() => {
  for (const page of mounted.splice(0)) page.unmount()
  document.body.innerHTML = ''
})

export interface Mounted {
  page: VueWrapper
  router: Router
}

export async function mounting(part: Component, props: Record<string, unknown> = {}): Promise<Mounted> {
  const router = createRouter({
    history: createMemoryHistory(),
    routes: Object.entries(places).map(([name, path]) => ({ name, path, component: nowhere })),
  })
  await router.push('/')
  const page = mount(part, { props, attachTo: document.body, global: { plugins: [createPinia(), router] } })
  mounted.push(page)
  await flushPromises()
  return { page, router }
}

/** Waits for what the tables, or a part that is loaded when it is needed, bring onto the screen. */
export const shown = (what: () => void) => vi.waitFor(what, { timeout: 12_000, interval: 10 })

/** Everything on the screen, messages above the page included. */
export const screenText = () => (document.body.textContent ?? '').replaceAll(/\s+/g, ' ')

/** The button with these words, or this name, wherever on the screen. */
export function press(name: string): void {
  const nameOf = (button: HTMLButtonElement) => button.getAttribute('aria-label') ?? button.textContent?.trim()
  const buttons = [...document.querySelectorAll<HTMLButtonElement>('button')]
  const found = buttons.find((one) => nameOf(one) === name)
  if (!found) throw new Error(`no button ${name}, but ${buttons.map(nameOf).join(' | ')}`)
  found.click()
}
