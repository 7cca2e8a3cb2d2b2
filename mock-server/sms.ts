/** Sends short messages; a city's gateway takes the place of the console. */
export interface Sms {
  /** @throws where the message was not taken */
  send(phone: string, text: string): Promise<void>
}

/** Demonstration: no gateway can be reached from here, so the message is shown where the operator looks. */
export function consoleSms(print: (line: string) => void): Sms {
  return {
    send: (phone, text) => {
      print(`[演示短信，没有接短信网关] ${phone.slice(0, 3)}****${phone.slice(-4)}：${text}`)
      return Promise.resolve()
    },
  }
}

export interface Gateway {
  /** https only. */
  url: string
  key: string
  /** Which text of those that the provider has approved. */
  template: string
}

/** ms; whoever waits for a code has the screen open. */
const PATIENCE = 10_000

/**
 * An example of a real one: JSON over HTTPS, `{ template, phone, text }` with the key as a bearer token, any 2xx is good.
 * It was never tried against a provider; each has names and signatures of its own.
 * @param ask tests put a gateway of their own in its place
 */
export function gatewaySms({ url, key, template }: Gateway, ask: typeof fetch = fetch): Sms {
  return {
    send: async (phone, text) => {
      const { ok, status, body } = await ask(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
        body: JSON.stringify({ template, phone, text }),
        redirect: 'error',
        signal: AbortSignal.timeout(PATIENCE),
      })
      await body?.cancel()
      // Neither number nor text: this line may be logged.
      if (!ok) throw new Error(`The SMS gateway answered ${status}`)
    },
  }
}
