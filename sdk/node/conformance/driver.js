// Does what a conformance case tells a client to do; see sdk/conformance/README.md.
import readline from 'node:readline';
import { ExtData } from '@msgpack/msgpack';
import { EdgeHost, EdgeHostError } from '../src/index.js';

const shortestRepeat = 1024;

/** @type {Map<string, EdgeHost>} */
const connections = new Map();
/** @type {Map<string, any>} */
const calls = new Map();

/**
 * @param {any} value
 * @returns {any}
 */
function fromNotation(value) {
  if (Array.isArray(value)) return value.map(fromNotation);
  if (typeof value !== 'object' || value === null) return value;
  const [[form, what] = [], ...more] = Object.entries(value);
  if (more.length === 0) {
    if (form === '$bin') return Buffer.from(what, 'hex');
    if (form === '$bin_repeat') return Buffer.alloc(what[1], what[0], 'hex');
    if (form === '$str_repeat') return what[0].repeat(what[1]);
    if (form === '$int') return BigInt(what);
    if (form === '$float') return what;
  }

  return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, fromNotation(field)]));
}

/**
 * @param {any} value
 * @returns {any}
 */
function toNotation(value) {
  if (value instanceof Uint8Array) {
    const bytes = Buffer.from(value.buffer, value.byteOffset, value.byteLength);
    return bytes.length >= shortestRepeat && bytes.equals(Buffer.alloc(bytes.length, bytes.subarray(0, 1)))
      ? { $bin_repeat: [bytes.subarray(0, 1).toString('hex'), bytes.length] }
      : { $bin: bytes.toString('hex') };
  }

  if (typeof value === 'bigint') return { $int: String(value) };
  if (value instanceof ExtData) return { $ext: [value.type, Buffer.from(/** @type {Uint8Array} */ (value.data)).toString('hex')] };
  if (Array.isArray(value)) return value.map(toNotation);
  if (typeof value === 'object' && value !== null) return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, toNotation(field)]));
  return value;
}

/**
 * @param {string} of
 * @param {string} event
 * @param {object} [facts]
 */
function tell(of, event, facts) {
  process.stdout.write(`${JSON.stringify({ of, event, ...facts })}\n`);
}

/**
 * @param {string} of
 * @param {any} error
 */
function tellError(of, error) {
  if (error instanceof EdgeHostError) {
    tell(of, 'error', { code: error.code, message: error.message, retry_after_ms: error.retryAfterMs ?? null, details: error.details });
  } else {
    tell(of, 'error', { code: error?.name === 'AbortError' ? 'cancelled' : error?.name, message: error?.stack });
  }
}

/** @param {any} command */
function optionsOf(command) {
  const { deadline_ms: deadlineMs, priority, traceparent, idempotency_key: idempotencyKey, explain } = command.context ?? {};
  /** @param {object} info */
  const onInfo = (info) => tell(command.as, 'info', { value: toNotation(info) });
  return { deadlineMs, priority, traceparent, idempotencyKey, onInfo: explain ? onInfo : undefined };
}

/** @param {string} name */
async function take(name) {
  const call = calls.get(name);
  try {
    const { done, value } = await call.next();
    if (done) tell(name, 'result', { value: toNotation(await call.response()) });
    else tell(name, 'item', { value: toNotation(value) });
  } catch (e) {
    tellError(name, e);
  }
}

/** @type {Record<string, (command: any) => Promise<void> | void>} */
const commands = {
  async reset() {
    for (const connection of connections.values()) await connection.close();
    connections.clear();
    calls.clear();
    tell('reset', 'done');
  },

  async connect({ as, endpoint, app, token, reconnect, keep_alive_ms: keepAliveMs }) {
    try {
      const host = await EdgeHost.connect({
        endpoint, app, token, connectTimeoutMs: 30_000, keepAliveMs, bigInt64: true, reconnect: reconnect ? { firstDelayMs: 20 } : false,
      });
      connections.set(as, host);
      tell(as, 'connected', { host_version: host.hostVersion, session: host.session });
    } catch (e) {
      tellError(as, e);
    }
  },

  async call(command) {
    const controller = new AbortController();
    calls.set(command.as, { cancel: () => controller.abort() });
    const host = /** @type {EdgeHost} */ (connections.get(command.on));
    try {
      const result = await host.call(command.method, fromNotation(command.body), { ...optionsOf(command), signal: controller.signal });
      tell(command.as, 'result', { value: toNotation(result) });
    } catch (e) {
      tellError(command.as, e);
    }
  },

  stream(command) {
    calls.set(command.as, connections.get(command.on)?.stream(command.method, fromNotation(command.body), optionsOf(command)));
  },

  open(command) {
    calls.set(command.as, connections.get(command.on)?.open(command.method, fromNotation(command.body), optionsOf(command)));
  },

  take: ({ of }) => take(of),

  async push({ of, item }) {
    try {
      await calls.get(of).push(fromNotation(item));
      tell(of, 'pushed');
    } catch (e) {
      tellError(of, e);
    }
  },

  end: ({ of }) => calls.get(of).end(),

  cancel({ of }) {
    const call = calls.get(of);
    call.cancel();
    if (call.next) take(of);
  },

  async close({ of }) {
    await connections.get(of)?.close();
    tell(of, 'closed');
  },

  async await_closed({ of }) {
    await connections.get(of)?.closed;
    tell(of, 'closed');
  },
};

for await (const line of readline.createInterface({ input: process.stdin })) {
  const command = JSON.parse(line);
  const run = commands[command.do];
  if (run) run(command);
  else tell(command.of ?? '?', 'unsupported');
}
