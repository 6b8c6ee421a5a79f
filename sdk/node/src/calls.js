import { EdgeHostError } from './errors.js';

/** @typedef {import('./session.js').Session} Session */
/** @typedef {import('./regions.js').Slot} Slot */
/** @typedef {import('./index.js').CallOptions} CallOptions */

/** A call between its request and its response. */
export class PendingCall {
  id = -1;
  holdsPlace = true;
  isAbandoned = false;
  isDone = false;
  /** @type {Slot[]} */
  slots = [];
  /** @type {unknown} */
  info = undefined;
  /** @type {(value: any) => void} */
  #resolve = () => {};
  /** @type {(error: unknown) => void} */
  #reject = () => {};
  /** @type {(() => void) | undefined} */
  #unlisten;

  /**
   * @param {Session} session
   * @param {CallOptions} options
   */
  constructor(session, options) {
    this.session = session;
    this.options = options;
    /** @type {Promise<any>} */
    this.outcome = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    this.outcome.catch(() => {}); // A call that nobody waits for any more may fail without a complaint.
  }

  /** Lets the caller's signal stop the call from now on. */
  listen() {
    const { signal } = this.options;
    if (!signal) return;
    const stop = () => this.session.abandon(this, signal.reason);
    signal.addEventListener('abort', stop, { once: true });
    this.#unlisten = () => signal.removeEventListener('abort', stop);
    if (signal.aborted) stop();
  }

  /** @param {unknown} result */
  complete(result) {
    if (this.isDone) return;
    try {
      if (this.info !== undefined) this.options.onInfo?.(/** @type {any} */ (this.info));
      this.#resolve(result);
    } catch (e) {
      this.#reject(e);
    }

    this.#end();
  }

  /** @param {unknown} error */
  fail(error) {
    if (this.isDone) return;
    this.#reject(error);
    this.#end();
  }

  /** @param {unknown} _item */
  accept(_item) {
    throw new EdgeHostError('internal', 'The host sent an item to a call that is no stream.');
  }

  /** @param {number} _items */
  addCredit(_items) {}

  onChanged() {}

  #end() {
    this.isDone = true;
    this.#unlisten?.();
    this.onChanged();
  }
}

/** A call with items in one or both directions, both under credit. */
export class StreamCall extends PendingCall {
  /** @type {unknown[]} */
  #items = [];
  #window;
  #taken = 0;
  #pushCredit;
  /** @type {number[]} Lengths of the items that were pushed and have no credit yet. */
  #pushed = [];
  #pushedBytes = 0;
  #isEnded;
  /** @type {(() => void)[]} */
  #waiting = [];

  /**
   * @param {Session} session
   * @param {CallOptions} options
   * @param {boolean} isPushing
   */
  constructor(session, options, isPushing) {
    super(session, options);
    this.#window = session.credit;
    this.#pushCredit = isPushing ? session.credit : 0;
    this.#isEnded = !isPushing;
  }

  /** @param {unknown} item */
  accept(item) {
    if (this.#items.length >= this.#window) throw new EdgeHostError('internal', 'The host sent more items than it has credit for.');
    this.#items.push(item);
    this.onChanged();
  }

  /** @param {number} items */
  addCredit(items) {
    this.#pushCredit += items;
    for (const bytes of this.#pushed.splice(0, items)) this.#pushedBytes -= bytes;
    this.onChanged();
  }

  onChanged() {
    for (const wake of this.#waiting.splice(0)) wake();
  }

  /**
   * The next item, or the response at the end; rejects with what the call failed with.
   * @returns {Promise<{ done: boolean, value: any }>}
   */
  async take() {
    while (this.#items.length === 0) {
      if (this.isDone) return { done: true, value: await this.outcome };
      await this.#wait();
    }

    const value = this.#items.shift();
    // Half of the window at once: the host never runs dry, and notifications stay few.
    if (++this.#taken >= (this.#window + 1) >> 1 && !this.isDone) {
      this.session.notify('$/credit', this.id, this.#taken);
      this.#taken = 0;
    }

    return { done: false, value };
  }

  /**
   * Sends an item once the host has room for it.
   * @param {unknown} item
   */
  async push(item) {
    const parts = this.session.encode('$/push', [this.id, item]);
    // Before the item come the head, the number of parameters and the id.
    const bytes = parts.slice(3).reduce((sum, part) => sum + part.byteLength, 0);
    while (true) {
      if (this.#isEnded) throw new EdgeHostError('failed_precondition', 'Items cannot be pushed to this call after its end.');
      if (this.isDone) {
        await this.outcome;
        throw new EdgeHostError('failed_precondition', 'The host ended the call before this item.');
      }

      if (this.#pushCredit > 0 && this.#pushedBytes < this.session.pushBytes) break;
      await this.#wait();
    }

    this.#pushCredit--;
    this.#pushed.push(bytes);
    this.#pushedBytes += bytes;
    await this.session.send(parts);
  }

  /** Says that no more items come; once. */
  async end() {
    if (this.#isEnded) return;
    this.#isEnded = true;
    this.onChanged();
    if (!this.isDone) await this.session.send(this.session.encode('$/end', [this.id]));
  }

  /** @returns {Promise<void>} */
  #wait() {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }
}
