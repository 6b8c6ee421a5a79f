import { unavailable } from './errors.js';

/**
 * Finds where a MessagePack value ends, in pieces as they arrive: no byte is looked at twice, payloads are skipped in one step, and every
 * claimed length, count and depth is checked against the limits before anybody waits for it.
 */
export class FrameScanner {
  #maxBytes;
  #open;
  #depth = 0;
  #pending = 1;
  #position = 0;
  #skip = 0;
  #lengthBytes = 0;
  #length = 0;
  #tag = 0;

  /**
   * @param {number} maxBytes Most bytes of a value.
   * @param {number} maxDepth Most maps and arrays inside one another.
   */
  constructor(maxBytes, maxDepth) {
    this.#maxBytes = maxBytes;
    this.#open = new Float64Array(maxDepth);
  }

  reset() {
    this.#depth = 0;
    this.#pending = 1;
    this.#position = 0;
  }

  /**
   * Looks at the bytes from `from` on.
   * @param {Uint8Array} bytes
   * @param {number} from
   * @returns {number} Where the value ends, or -1 if it goes on behind these bytes.
   */
  scan(bytes, from) {
    let i = from;
    while (i < bytes.length) {
      if (this.#skip > 0) {
        const step = Math.min(this.#skip, bytes.length - i);
        this.#skip -= step;
        i += step;
        if (this.#skip === 0 && this.#endValue()) return i;
        continue;
      }

      const byte = /** @type {number} */ (bytes[i++]);
      this.#position++;
      if (this.#lengthBytes > 0) {
        this.#length = this.#length * 256 + byte;
        if (--this.#lengthBytes > 0) continue;
        if (this.#takeLength() && this.#endValue()) return i;
      } else if (this.#takeTag(byte) && this.#endValue()) {
        return i;
      }
    }

    return -1;
  }

  /**
   * @param {number} tag
   * @returns {boolean} Whether the value ends here.
   */
  #takeTag(tag) {
    if (tag <= 0x7f || tag >= 0xe0) return true;
    if (tag <= 0x8f) return this.#enter((tag & 15) * 2);
    if (tag <= 0x9f) return this.#enter(tag & 15);
    if (tag <= 0xbf) return this.#payload(tag & 31);
    switch (tag) {
      case 0xc0: case 0xc2: case 0xc3: return true;
      case 0xca: case 0xce: case 0xd2: return this.#payload(4);
      case 0xcb: case 0xcf: case 0xd3: return this.#payload(8);
      case 0xcc: case 0xd0: return this.#payload(1);
      case 0xcd: case 0xd1: return this.#payload(2);
      case 0xd4: case 0xd5: case 0xd6: case 0xd7: case 0xd8: return this.#payload(1 + (1 << (tag - 0xd4)));
      case 0xc4: case 0xc7: case 0xd9: return this.#awaitLength(tag, 1);
      case 0xc5: case 0xc8: case 0xda: case 0xdc: case 0xde: return this.#awaitLength(tag, 2);
      case 0xc6: case 0xc9: case 0xdb: case 0xdd: case 0xdf: return this.#awaitLength(tag, 4);
      default: throw unavailable('The host sent what is not MessagePack (0xc1).');
    }
  }

  /**
   * @param {number} tag
   * @param {number} bytes
   */
  #awaitLength(tag, bytes) {
    this.#tag = tag;
    this.#length = 0;
    this.#lengthBytes = bytes;
    return false;
  }

  #takeLength() {
    switch (this.#tag) {
      case 0xdc: case 0xdd: return this.#enter(this.#length);
      case 0xde: case 0xdf: return this.#enter(this.#length * 2);
      case 0xc7: case 0xc8: case 0xc9: return this.#payload(this.#length + 1);
      default: return this.#payload(this.#length);
    }
  }

  /** @param {number} bytes */
  #payload(bytes) {
    this.#position += bytes;
    if (this.#position > this.#maxBytes) throw this.#tooLarge();
    this.#skip = bytes;
    return bytes === 0;
  }

  /** @param {number} values */
  #enter(values) {
    if (values > this.#maxBytes - this.#position) throw this.#tooLarge();
    if (this.#depth === this.#open.length) throw unavailable(`The host sent a message of more than ${this.#open.length} levels.`);
    if (values === 0) return true;
    this.#open[this.#depth++] = this.#pending;
    this.#pending = values;
    return false;
  }

  #endValue() {
    while (--this.#pending === 0) {
      if (this.#depth === 0) return true;
      this.#pending = /** @type {number} */ (this.#open[--this.#depth]);
    }

    return false;
  }

  #tooLarge() {
    return unavailable(`The host sent a message of more than ${this.#maxBytes} bytes.`);
  }
}

/** Cuts what arrives into messages. A message that arrives in one piece is not copied, another one once. */
export class FrameReader {
  #scanner;
  /** @type {Uint8Array[]} */
  #parts = [];

  /**
   * @param {number} maxBytes
   * @param {number} maxDepth
   */
  constructor(maxBytes, maxDepth) {
    this.#scanner = new FrameScanner(maxBytes, maxDepth);
  }

  /**
   * @param {Uint8Array} chunk
   * @returns {Generator<Uint8Array>} The messages that are complete now.
   */
  *read(chunk) {
    let start = 0;
    while (start < chunk.length) {
      const end = this.#scanner.scan(chunk, start);
      const piece = chunk.subarray(start, end < 0 ? chunk.length : end);
      if (end < 0) {
        this.#parts.push(piece);
        return;
      }

      this.#scanner.reset();
      start = end;
      if (this.#parts.length === 0) {
        yield piece;
        continue;
      }

      this.#parts.push(piece);
      const whole = Buffer.concat(this.#parts);
      this.#parts = [];
      yield whole;
    }
  }
}
