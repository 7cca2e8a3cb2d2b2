/** Pieces of the JSON schemas that check requests and describe the API. An unknown key in an envelope is 400. */
export const closed = <P extends Record<string, unknown>>(properties: P, optional: readonly (keyof P & string)[] = []) => ({
  type: 'object',
  additionalProperties: false,
  required: Object.keys(properties).filter((name) => !optional.includes(name)),
  properties,
})
export const text = (maxLength: number) => ({ type: 'string', maxLength })
export const uuid = { type: 'string', format: 'uuid' }
export const whole = { type: 'integer', minimum: 0, maximum: Number.MAX_SAFE_INTEGER }
export const sha256 = { type: 'string', pattern: '^[0-9a-f]{64}$' }
export const phone = { type: 'string', pattern: '^1[3-9][0-9]{9}$', description: '手机号' }
export const anything = {}
export const list = (items: object, maxItems: number) => ({ type: 'array', items, maxItems })
export const draftParams = closed({ id: uuid })

const error = {
  description: '出错时，每个回答都是这个形状',
  ...closed({ code: text(40), message: text(400), trace: text(40), details: anything }, ['details']),
}
/** Documents a route: one line of summary, what comes back, and the one shape of errors. */
export const documented = (tag: string, summary: string, reply: object = { description: 'ok' }) => ({
  tags: [tag],
  summary,
  response: { '2xx': { description: summary, ...reply }, default: error },
})
export const object = (properties: Record<string, unknown>) => ({ type: 'object', properties })
