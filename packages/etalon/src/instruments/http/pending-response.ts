import { Refutation } from '../../kernel/refutation.ts'
import { describeExchange, exchangeRecord, type HttpResponse } from './exchange.ts'

/**
 * An answer that is on its way. Await it to get whatever comes; `expect` a status where the rest of
 * the claim cannot go on without it.
 */
export class PendingResponse<Body> implements PromiseLike<HttpResponse<Body>> {
  readonly #response: Promise<HttpResponse<Body>>

  constructor(response: Promise<HttpResponse<Body>>) {
    this.#response = response
  }

  /** The answer, if it has one of these statuses. @throws Refutation, which refutes the claim */
  async expect(...statuses: readonly number[]): Promise<HttpResponse<Body>> {
    const response = await this.#response
    if (statuses.includes(response.status)) return response
    const { method, url } = response.request
    throw new Refutation(`${method} ${url} answers ${statuses.join(' or ')}`, {
      figure: String(response.status),
      target: statuses.join(' or '),
      counterexample: { exchange: describeExchange(response), ...exchangeRecord(response) },
    })
  }

  // Awaiting a PendingResponse is its ordinary use, so it has to be a thenable.
  // oxlint-disable-next-line unicorn/no-thenable
  then<Fulfilled = HttpResponse<Body>, Rejected = never>(
    onFulfilled?: ((response: HttpResponse<Body>) => Fulfilled | PromiseLike<Fulfilled>) | null,
    onRejected?: ((reason: unknown) => Rejected | PromiseLike<Rejected>) | null,
  ): Promise<Fulfilled | Rejected> {
    return this.#response.then(onFulfilled, onRejected)
  }
}
