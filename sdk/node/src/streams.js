import { StreamCall } from './calls.js';

/** @typedef {import('./index.js').CallOptions} CallOptions */
/** @typedef {import('./session.js').Session} Session */

/** The items of a call, then its response. For one reader. */
export class Stream {
  /** @type {() => Promise<StreamCall>} */
  #begin;
  /** @type {Promise<StreamCall> | undefined} */
  #call;
  #controller = new AbortController();

  /**
   * @param {() => Promise<Session>} usable
   * @param {string} method
   * @param {unknown} body
   * @param {CallOptions} options
   * @param {boolean} isPushing
   */
  constructor(usable, method, body, options, isPushing) {
    const { signal } = options;
    const own = this.#controller.signal;
    const all = { ...options, signal: signal ? AbortSignal.any([signal, own]) : own };
    this.#begin = async () => {
      const session = await usable();
      const call = new StreamCall(session, all, isPushing);
      await session.begin(call, method, body);
      return call;
    };
  }

  [Symbol.asyncIterator]() {
    return this;
  }

  async next() {
    const { done, value } = await (await this.begun()).take();
    return done ? { done: true, value: undefined } : { done: false, value };
  }

  /** Called when a loop is left early: stops the call on the host. */
  async return() {
    this.cancel();
    return { done: true, value: undefined };
  }

  /** Waits for the response that ends the call; items that were not taken are dropped. */
  async response() {
    const call = await this.begun();
    while (true) {
      const { done, value } = await call.take();
      if (done) return value;
    }
  }

  /** @param {unknown} [reason] */
  cancel(reason) {
    this.#controller.abort(reason);
  }

  async [Symbol.asyncDispose]() {
    this.cancel();
  }

  /** @protected */
  begun() {
    return this.#call ??= this.#begin();
  }
}

/** A call that takes items, and may give some back. */
export class DuplexCall extends Stream {
  /** @param {unknown} item */
  async push(item) {
    await (await this.begun()).push(item);
  }

  async end() {
    await (await this.begun()).end();
  }
}
