import { PendingCall } from './calls.js';
import { checkAppName, defaultAppName, defaultEndpoint } from './endpoint.js';
import { EdgeHostError, unavailable } from './errors.js';
import { Session } from './session.js';
import { DuplexCall, Stream } from './streams.js';
import { Vision } from './vision.js';

/** @typedef {import('./index.js').CallOptions} CallOptions */
/** @typedef {import('./index.js').ConnectOptions} ConnectOptions */
/** @typedef {{ firstDelayMs: number, longestDelayMs: number, giveUpAfterMs: number }} Policy */

/** A connection to the host on this device. */
export class EdgeHost {
  #options;
  /** @type {Policy | undefined} */
  #policy;
  #onStateChange;
  #session;
  #isClosed = false;
  /** @type {Promise<Session> | undefined} */
  #comingBack;
  #closing = new AbortController();

  /**
   * @param {import('./session.js').SessionOptions} options
   * @param {Session} session
   * @param {Policy | undefined} policy
   * @param {((state: 'connected' | 'disconnected' | 'failed', message: string) => void) | undefined} onStateChange
   */
  constructor(options, session, policy, onStateChange) {
    this.#options = options;
    this.#session = session;
    this.#policy = policy;
    this.#onStateChange = onStateChange;
    this.#watch(session);
  }

  /** @param {ConnectOptions} [options] */
  static async connect(options = {}) {
    const all = {
      endpoint: options.endpoint || defaultEndpoint(),
      app: checkAppName(options.app ?? defaultAppName()),
      token: options.token,
      connectTimeoutMs: milliseconds(options.connectTimeoutMs ?? 5000, 'connectTimeoutMs', 1),
      sendTimeoutMs: milliseconds(options.sendTimeoutMs ?? 10_000, 'sendTimeoutMs', 1),
      keepAliveMs: milliseconds(options.keepAliveMs ?? 30_000, 'keepAliveMs', 0),
      regionThreshold: milliseconds(options.regionThreshold ?? 64 * 1024, 'regionThreshold', 0),
      bigInt64: options.bigInt64 ?? false,
    };
    const policy = options.reconnect
      ? { firstDelayMs: 100, longestDelayMs: 5000, giveUpAfterMs: 30_000, ...(options.reconnect === true ? {} : options.reconnect) }
      : undefined;
    return new EdgeHost(all, await Session.connect(all, options.signal), policy, options.onStateChange);
  }

  get hostVersion() {
    return this.#session.hostVersion;
  }

  get session() {
    return this.#session.sessionId;
  }

  get limits() {
    return this.#session.limits;
  }

  get grants() {
    return this.#session.grants;
  }

  get goingAway() {
    return this.#session.goingAway;
  }

  get closed() {
    return this.#session.closed;
  }

  get vision() {
    return new Vision(this);
  }

  /**
   * @param {string} method
   * @param {Record<string, unknown>} [body]
   * @param {CallOptions} [options]
   */
  async call(method, body = {}, options = {}) {
    const began = performance.now();
    for (let left = options; ; left = leftOf(options, began)) {
      const session = await this.#usable();
      const call = new PendingCall(session, left);
      try {
        await session.begin(call, method, body);
        return await call.outcome;
      } catch (e) {
        // An error that the host gave as an answer is an answer; only what the loss of the connection took may be asked for again.
        const wasLost = e instanceof EdgeHostError && e.code === 'unavailable' && !session.isUsable;
        if (!wasLost || !this.#policy || this.#isClosed) throw e;
        if (e.details.not_run === 'true') continue; // The host refused it because it stops: it did not begin.
        if (options.idempotencyKey === undefined) throw e;

        // A host that was started anew has forgotten the key, and the call may have run.
        const next = await this.#usable();
        if (session.instance === '' || next.instance !== session.instance) throw e;
      }
    }
  }

  /**
   * @param {string} method
   * @param {Record<string, unknown>} [body]
   * @param {CallOptions} [options]
   */
  stream(method, body = {}, options = {}) {
    return new Stream(() => this.#usable(), method, body, options, false);
  }

  /**
   * @param {string} method
   * @param {Record<string, unknown>} [body]
   * @param {CallOptions} [options]
   */
  open(method, body = {}, options = {}) {
    return new DuplexCall(() => this.#usable(), method, body, options, true);
  }

  /**
   * @param {string} method
   * @param {AsyncIterable<unknown> | Iterable<unknown>} items
   * @param {Record<string, unknown>} [body]
   * @param {CallOptions} [options]
   */
  async *duplex(method, items, body = {}, options = {}) {
    const call = this.open(method, body, options);
    const pushing = pushAll(call, items);
    pushing.catch(() => {});
    try {
      for await (const item of call) yield item;
    } finally {
      call.cancel();
    }

    await pushing;
  }

  /**
   * @param {string} method
   * @param {AsyncIterable<unknown> | Iterable<unknown>} items
   * @param {Record<string, unknown>} [body]
   * @param {CallOptions} [options]
   */
  async upload(method, items, body = {}, options = {}) {
    const call = this.open(method, body, options);
    try {
      await pushAll(call, items);
      return await call.response();
    } finally {
      call.cancel();
    }
  }

  /**
   * @param {Uint8Array} [payload]
   * @param {CallOptions} [options]
   */
  async ping(payload, options) {
    const answer = await this.call('host.ping', { payload }, options);
    return Number(answer.bytes);
  }

  /** @param {CallOptions} [options] */
  async capabilities(options) {
    return (await this.call('host.capabilities', {}, options)).capabilities;
  }

  async close() {
    this.#isClosed = true;
    this.#closing.abort(unavailable('The client was closed.'));
    await this.#session.close();
  }

  async [Symbol.asyncDispose]() {
    await this.close();
  }

  /** An open connection keeps the process alive (the default). */
  ref() {
    this.#session.hold(true);
  }

  /** An open connection does not keep the process alive. */
  unref() {
    this.#session.hold(false);
  }

  async #usable() {
    if (this.#isClosed || this.#session.isUsable || !this.#policy) return this.#session;
    return await this.#comeBack(this.#policy);
  }

  /** @param {Policy} policy */
  #comeBack(policy) {
    this.#comingBack ??= this.#reconnect(policy).finally(() => { this.#comingBack = undefined; });
    this.#comingBack.catch(() => {});
    return this.#comingBack;
  }

  /** @param {Policy} policy */
  async #reconnect(policy) {
    if (this.#session.isUsable) return this.#session;
    const end = performance.now() + policy.giveUpAfterMs;
    let delay = policy.firstDelayMs;
    while (true) {
      try {
        const session = await Session.connect(this.#options, this.#closing.signal);
        this.#session = session;
        this.#watch(session);
        this.#onStateChange?.('connected', `Connected to the host again, session ${session.sessionId}.`);
        return session;
      } catch (e) {
        if (!(e instanceof EdgeHostError)) throw e;
        const pause = Math.max(delay * (0.75 + Math.random() / 2), e.retryAfterMs ?? 0);
        delay = Math.min(delay * 2, policy.longestDelayMs);
        if (!e.isTransient || this.#isClosed || performance.now() + pause > end) {
          if (!this.#isClosed) this.#onStateChange?.('failed', `The host did not come back: ${e.message}`);
          throw e;
        }

        await sleep(pause, this.#closing.signal);
      }
    }
  }

  /** @param {Session} session */
  #watch(session) {
    session.leaving.then(() => {
      if (this.#isClosed) return;
      this.#onStateChange?.('disconnected', session.goingAway?.message ?? 'The connection to the host was lost.');
      // At once rather than with the next call, so that the next call need not wait.
      if (this.#policy) this.#comeBack(this.#policy);
    });
  }
}

/**
 * @param {DuplexCall} call
 * @param {AsyncIterable<unknown> | Iterable<unknown>} items
 */
async function pushAll(call, items) {
  try {
    for await (const item of items) await call.push(item);
    await call.end();
  } catch (e) {
    // The host may end a call before it has all items; its response says why.
    if (e instanceof EdgeHostError && e.code === 'failed_precondition') return;
    call.cancel(e);
    throw e;
  }
}

/**
 * @param {number} ms
 * @param {AbortSignal} signal
 */
function sleep(ms, signal) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(signal.reason);
    }, { once: true });
  });
}

/**
 * The options of a call that is sent again: what is left of its deadline.
 * @param {CallOptions} options
 * @param {number} began
 */
function leftOf(options, began) {
  if (options.deadlineMs === undefined) return options;
  const deadlineMs = options.deadlineMs - (performance.now() - began);
  if (deadlineMs > 0) return { ...options, deadlineMs };
  throw new EdgeHostError('deadline_exceeded', 'The deadline passed before the call could be sent again.');
}

/**
 * @param {number} value
 * @param {string} name
 * @param {number} least
 */
function milliseconds(value, name, least) {
  if (!Number.isFinite(value) || value < least || value > 0x7fffffff) throw new RangeError(`${name} is ${value}; allowed are ${least} to ${0x7fffffff}.`);
  return value;
}
