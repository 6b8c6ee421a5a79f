import net from 'node:net';
import { Codec, maxDepth } from './codec.js';
import { EdgeHostError, unavailable } from './errors.js';
import { PendingCall } from './calls.js';
import { checkEndpoint, connected } from './connector.js';
import { contextOf } from './context.js';
import { Regions } from './regions.js';
import { FrameReader } from './scanner.js';
import { Places } from './places.js';

const protocolVersion = 1;
const clientName = 'edgehost-node/0.1.0';
const defaultFrameBytes = 64 * 1024 * 1024;
const defaultCredit = 16;
const defaultCalls = 256;
const defaultPushBytes = 8 * 1024 * 1024;

/**
 * @typedef {object} SessionOptions
 * @property {string} endpoint
 * @property {string} app
 * @property {string | undefined} token
 * @property {number} connectTimeoutMs
 * @property {number} sendTimeoutMs
 * @property {number} keepAliveMs
 * @property {number} regionThreshold
 * @property {boolean} bigInt64
 */

/** One connection from hello to its end. It does not come back once lost. */
export class Session {
  hostVersion = '';
  sessionId = '';
  /** Names this run of the host: another one has forgotten idempotency keys. Empty from hosts that do not say. */
  instance = '';
  /** @type {Record<string, number>} */
  limits = {};
  /** @type {string[]} */
  grants = [];
  credit = defaultCredit;
  pushBytes = defaultPushBytes;
  /** @type {EdgeHostError | undefined} */
  goingAway;

  #options;
  #socket;
  #codec;
  #reader = new FrameReader(defaultFrameBytes, maxDepth);
  #frameBytes = defaultFrameBytes;
  /** @type {Map<number, PendingCall>} */
  #calls = new Map();
  #lastId = 0;
  #places = new Places(defaultCalls);
  #regions;
  /** @type {EdgeHostError | undefined} */
  #end;
  #isCorked = false;
  /** @type {Promise<void> | undefined} */
  #drained;
  #heard = true;
  /** @type {PendingCall | undefined} */
  #ping;
  /** @type {NodeJS.Timeout | undefined} */
  #aliveTimer;
  /** @type {() => void} */
  #markLeaving = () => {};
  /** @type {() => void} */
  #markClosed = () => {};

  /**
   * @param {net.Socket} socket
   * @param {SessionOptions} options
   */
  constructor(socket, options) {
    this.#socket = socket;
    this.#options = options;
    this.#codec = new Codec(options.bigInt64);
    this.#regions = new Regions(this, 0, 0, 0);
    /** @type {Promise<void>} Resolves when no new calls may be made. */
    this.leaving = new Promise((resolve) => { this.#markLeaving = resolve; });
    /** @type {Promise<void>} Resolves when the connection has ended. */
    this.closed = new Promise((resolve) => { this.#markClosed = resolve; });
    socket.on('data', (data) => this.#onData(data));
    socket.on('error', (error) => this.#finish(unavailable(`The connection to the host was lost: ${error.message}.`, error)));
    socket.on('close', () => {
      this.#finish(unavailable('The host closed the connection.'));
      this.#markClosed();
    });
  }

  /**
   * Connects and says hello.
   * @param {SessionOptions} options
   * @param {AbortSignal} [signal]
   */
  static async connect(options, signal) {
    signal?.throwIfAborted();
    checkEndpoint(options.endpoint);
    const socket = net.connect({ path: options.endpoint });
    /** @type {(error: unknown) => void} */
    let fail = () => {};
    const failed = new Promise((_, reject) => { fail = reject; });
    failed.catch(() => {});
    const onAbort = () => fail(signal?.reason);
    signal?.addEventListener('abort', onAbort, { once: true });
    const timer = setTimeout(
      () => fail(unavailable(`The host did not answer within ${options.connectTimeoutMs} ms. See \`edgehost doctor\`.`)), options.connectTimeoutMs);
    try {
      await Promise.race([connected(socket, options.endpoint), failed]);
      const session = new Session(socket, options);
      await Promise.race([session.#greet(), failed]);
      return session;
    } catch (e) {
      socket.on('error', () => {});
      socket.destroy();
      throw e;
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
    }
  }

  /** Whether new calls may be made on it. */
  get isUsable() {
    return !this.#end && !this.goingAway;
  }

  /**
   * Calls a method of the host itself; it is not counted among the app's calls.
   * @param {string} method
   * @param {unknown} body
   */
  async invoke(method, body) {
    const call = new PendingCall(this, {});
    call.holdsPlace = false;
    await this.begin(call, method, body);
    return await call.outcome;
  }

  /**
   * Sends the request of a call. If this rejects, nothing is under way.
   * @param {PendingCall} call
   * @param {string} method
   * @param {unknown} body
   */
  async begin(call, method, body) {
    const { signal } = call.options;
    signal?.throwIfAborted();
    if (call.holdsPlace) await this.#places.take(signal);
    try {
      const placed = await this.#regions.place(body, call.slots);
      await this.#writable();
      signal?.throwIfAborted();
      this.#checkUsable();
      call.id = this.#nextId();
      const parts = this.#codec.request(call.id, method, placed, contextOf(call.options));
      this.#checkSize(parts);
      this.#calls.set(call.id, call);
      this.#write(parts);
    } catch (e) {
      this.#release(call);
      throw e;
    }

    call.listen();
  }

  /**
   * Stops a call on the host; its id, its place and its regions stay taken until the host has answered.
   * @param {PendingCall} call
   * @param {unknown} [reason]
   */
  abandon(call, reason) {
    if (call.isAbandoned || this.#calls.get(call.id) !== call) return;
    call.isAbandoned = true;
    this.notify('$/cancel', call.id);
    call.fail(reason ?? new EdgeHostError('cancelled', 'The call was cancelled.'));
  }

  /**
   * Encodes a notification in pieces: two of its head, then one or more a parameter.
   * @param {string} method
   * @param {unknown[]} params
   */
  encode(method, params) {
    const parts = this.#codec.notification(method, params);
    this.#checkSize(parts);
    return parts;
  }

  /**
   * Sends a message when the socket takes it.
   * @param {Uint8Array[]} parts
   */
  async send(parts) {
    await this.#writable();
    if (this.#end) throw unavailable(this.#end.message);
    this.#write(parts);
  }

  /**
   * Sends a small notification without waiting; nothing happens on a connection that has ended.
   * @param {string} method
   * @param {...unknown} params
   */
  notify(method, ...params) {
    if (!this.#end) this.#write(this.#codec.notification(method, params));
  }

  /** Ends the connection; calls under way fail as `unavailable` and the host cancels them. */
  async close() {
    this.#abort(unavailable('The client was closed.'));
    await this.closed;
  }

  /** @param {boolean} holds Whether an open connection keeps the process alive. */
  hold(holds) {
    if (holds) this.#socket.ref();
    else this.#socket.unref();
  }

  async #greet() {
    const { app, token, regionThreshold, keepAliveMs } = this.#options;
    const answer = await this.invoke('host.hello', { protocol: protocolVersion, app, token, client: clientName });
    if (typeof answer?.host_version !== 'string') throw new EdgeHostError('internal', "The host's answer to hello is not readable.");
    this.hostVersion = answer.host_version;
    this.sessionId = String(answer.session ?? '');
    this.instance = String(answer.instance ?? '');
    this.limits = Object.fromEntries(Object.entries(answer.limits ?? {}).map(([name, value]) => [name, Number(value)]));
    this.grants = Array.isArray(answer.grants) ? answer.grants : [];
    this.credit = positive(answer.credit, defaultCredit);
    this.pushBytes = positive(this.limits.push_bytes, defaultPushBytes);
    this.#frameBytes = positive(this.limits.frame_bytes, defaultFrameBytes);
    this.#places = new Places(positive(this.limits.in_flight_calls, defaultCalls));
    this.#regions = new Regions(this, regionThreshold, positive(this.limits.region_bytes, 0), positive(this.limits.regions, 0));
    if (keepAliveMs > 0) this.#aliveTimer = setInterval(() => this.#checkAlive(), keepAliveMs).unref();
  }

  /** @param {Buffer} data */
  #onData(data) {
    if (this.#end) return;
    this.#heard = true;
    try {
      for (const frame of this.#reader.read(data)) this.#onMessage(this.#codec.read(frame));
    } catch (e) {
      this.#abort(e instanceof EdgeHostError ? e : unavailable(`The client failed: ${e}`, e));
    }
  }

  /** @param {import('./codec.js').Message} message */
  #onMessage(message) {
    if (message.kind === 1) {
      const call = this.#calls.get(message.id);
      if (!call) return;
      this.#calls.delete(message.id);
      this.#release(call);
      if (message.error === null) call.complete(message.result);
      else call.fail(EdgeHostError.fromWire(message.error));
    } else if (message.method === '$/going_away') {
      this.goingAway = EdgeHostError.fromWire(message.params[0]);
      this.#markLeaving();
    } else {
      const call = this.#calls.get(Number(message.params[0]));
      if (call && !call.isAbandoned && message.params.length > 1) this.#onCallNotification(call, message.method, message.params[1]);
    }
  }

  /**
   * @param {PendingCall} call
   * @param {string} method
   * @param {unknown} value
   */
  #onCallNotification(call, method, value) {
    if (method === '$/item') {
      try {
        call.accept(value);
      } catch (e) {
        this.abandon(call, e);
      }
    } else if (method === '$/credit') {
      if (Number(value) > 0) call.addCredit(Number(value));
    } else if (method === '$/info') {
      call.info = value;
    }
  }

  /** @param {Uint8Array[]} parts */
  #write(parts) {
    if (!this.#isCorked) {
      // Everything that is sent in one turn of the event loop goes out with one system call.
      this.#isCorked = true;
      this.#socket.cork();
      process.nextTick(() => {
        this.#isCorked = false;
        this.#socket.uncork();
      });
    }

    for (const part of parts) this.#socket.write(part);
  }

  async #writable() {
    while (this.#socket.writableNeedDrain && !this.#end) await (this.#drained ??= this.#drain());
  }

  /** @returns {Promise<void>} */
  #drain() {
    return new Promise((resolve) => {
      let waiting = this.#socket.writableLength;
      const timer = setInterval(() => {
        if (this.#socket.writableLength >= waiting) this.#abort(unavailable(`The host took nothing for ${this.#options.sendTimeoutMs} ms.`));
        waiting = this.#socket.writableLength;
      }, this.#options.sendTimeoutMs);
      const done = () => {
        clearInterval(timer);
        this.#socket.off('drain', done);
        this.#socket.off('close', done);
        this.#drained = undefined;
        resolve();
      };
      this.#socket.on('drain', done);
      this.#socket.on('close', done);
    });
  }

  /** @param {Uint8Array[]} parts */
  #checkSize(parts) {
    const bytes = parts.reduce((sum, part) => sum + part.byteLength, 0);
    if (bytes > this.#frameBytes) {
      throw new EdgeHostError('invalid_argument', `The message has ${bytes} bytes; the host takes at most ${this.#frameBytes}. Send less at once.`);
    }
  }

  #checkUsable() {
    const refusal = this.#end ?? this.goingAway;
    if (refusal) throw unavailable(refusal.message);
  }

  #nextId() {
    do this.#lastId = (this.#lastId + 1) >>> 0; while (this.#calls.has(this.#lastId));
    return this.#lastId;
  }

  /** @param {PendingCall} call */
  #release(call) {
    if (call.holdsPlace) this.#places.release();
    for (const slot of call.slots.splice(0)) slot.release();
  }

  /** @param {EdgeHostError} error */
  #abort(error) {
    this.#finish(error);
    this.#socket.destroy();
  }

  /** @param {EdgeHostError} error */
  #finish(error) {
    if (this.#end) return;
    this.#end = unavailable(this.goingAway?.message ?? error.message, error.cause);
    clearInterval(this.#aliveTimer);
    this.#markLeaving();
    const calls = [...this.#calls.values()];
    this.#calls.clear();
    for (const call of calls) {
      this.#release(call);
      call.fail(unavailable(this.#end.message));
    }

    this.#regions.close();
  }

  #checkAlive() {
    if (this.#calls.size > 0 && !this.#heard) {
      if (this.#ping && !this.#ping.isDone) {
        this.#abort(unavailable(`The host answered nothing for ${2 * this.#options.keepAliveMs} ms.`));
        return;
      }

      this.#ping = new PendingCall(this, {});
      this.#ping.holdsPlace = false;
      this.begin(this.#ping, 'host.ping', {}).catch(() => {});
    }

    this.#heard = false;
  }
}

/**
 * @param {unknown} value
 * @param {number} otherwise
 */
function positive(value, otherwise) {
  const number = Number(value);
  return Number.isSafeInteger(number) && number > 0 ? number : otherwise;
}
