import { Decoder, Encoder, ExtData } from '@msgpack/msgpack';
import { EdgeHostError, unavailable } from './errors.js';

/** Binaries from this size on go into the socket by reference instead of being copied into a message. */
const byReference = 16 * 1024;

/** Deeper bodies no host takes; it also ends the search in a body that refers to itself. */
export const maxDepth = 64;

/** @typedef {{ kind: 1, id: number, error: unknown, result: unknown } | { kind: 2, method: string, params: unknown[] }} Message */

/** Messages to bytes and back. */
export class Codec {
  #encoder;
  #decoder;

  /** @param {boolean} bigInt64 Whether integers of 64 bits are BigInt. */
  constructor(bigInt64) {
    this.#encoder = new Encoder({ ignoreUndefined: true, useBigInt64: bigInt64 });
    this.#decoder = new Decoder({ useBigInt64: bigInt64 });
  }

  /**
   * A request in pieces. Large binaries that are fields of the body, or of its maps, are pieces of their own.
   * @param {number} id
   * @param {string} method
   * @param {unknown} body
   * @param {Record<string, unknown> | undefined} context
   */
  request(id, method, body, context) {
    const head = this.#encode([0, id, method]);
    head[0] = 0x94;
    const parts = [head, Uint8Array.of(context ? 0x92 : 0x91)];
    this.#append(parts, body);
    if (context) parts.push(this.#encode(context));
    return parts;
  }

  /**
   * A notification in pieces.
   * @param {string} method
   * @param {unknown[]} params At most 15.
   */
  notification(method, params) {
    const head = this.#encode([2, method]);
    head[0] = 0x93;
    const parts = [head, Uint8Array.of(0x90 | params.length)];
    for (const value of params) this.#append(parts, value);
    return parts;
  }

  /**
   * @param {Uint8Array} frame One whole value.
   * @returns {Message}
   */
  read(frame) {
    let message;
    try {
      message = this.#decoder.decode(frame);
    } catch (e) {
      throw unavailable(`The host sent a message that is not readable: ${e instanceof Error ? e.message : e}`, e);
    }

    if (Array.isArray(message)) {
      const [kind, second, third, fourth] = message;
      if (Number(kind) === 1 && message.length === 4 && isId(second)) return { kind: 1, id: Number(second), error: third, result: fourth };
      if (Number(kind) === 2 && message.length === 3 && typeof second === 'string' && Array.isArray(third)) return { kind: 2, method: second, params: third };
    }

    throw unavailable('The host sent what is neither a response nor a notification.');
  }

  /**
   * @param {Uint8Array[]} parts
   * @param {unknown} value
   * @param {number} [depth]
   */
  #append(parts, value, depth = 0) {
    if (value instanceof Uint8Array && value.byteLength >= byReference) {
      parts.push(binaryHeader(value.byteLength), value);
    } else if (depth < maxDepth && isPlainMap(value) && hasLargeBinary(value, depth)) {
      const fields = Object.entries(value).filter(([, field]) => field !== undefined);
      parts.push(mapHeader(fields.length));
      for (const [key, field] of fields) {
        parts.push(this.#encode(key));
        this.#append(parts, field, depth + 1);
      }
    } else {
      parts.push(this.#encode(value));
    }
  }

  /** @param {unknown} value */
  #encode(value) {
    try {
      return this.#encoder.encode(value);
    } catch (e) {
      throw new EdgeHostError('invalid_argument', `The body cannot be sent as MessagePack: ${e instanceof Error ? e.message : e}`, { cause: e });
    }
  }
}

/**
 * The place of a binary in a region.
 * @param {number} region
 * @param {number} offset
 * @param {number} length
 */
export function regionReference(region, offset, length) {
  const place = new DataView(new ArrayBuffer(16));
  place.setUint32(0, region);
  place.setBigUint64(4, BigInt(offset));
  place.setUint32(12, length);
  return new ExtData(1, new Uint8Array(place.buffer));
}

/**
 * @param {unknown} value
 * @returns {value is Record<string, unknown>}
 */
export function isPlainMap(value) {
  if (typeof value !== 'object' || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/**
 * @param {Record<string, unknown>} map
 * @param {number} depth
 * @returns {boolean}
 */
function hasLargeBinary(map, depth) {
  if (depth >= maxDepth) return false;
  return Object.values(map).some((value) => (
    value instanceof Uint8Array ? value.byteLength >= byReference : isPlainMap(value) && hasLargeBinary(value, depth + 1)));
}

/** @param {number} bytes */
function binaryHeader(bytes) {
  const header = new DataView(new ArrayBuffer(5));
  header.setUint8(0, 0xc6);
  header.setUint32(1, bytes);
  return new Uint8Array(header.buffer);
}

/** @param {number} count */
function mapHeader(count) {
  if (count < 16) return Uint8Array.of(0x80 | count);
  const header = new DataView(new ArrayBuffer(5));
  header.setUint8(0, 0xdf);
  header.setUint32(1, count);
  return new Uint8Array(header.buffer);
}

/** @param {unknown} value */
function isId(value) {
  const id = typeof value === 'bigint' ? Number(value) : value;
  return Number.isInteger(id) && /** @type {number} */ (id) >= 0 && /** @type {number} */ (id) <= 0xffffffff;
}
