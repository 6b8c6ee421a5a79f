import fs from 'node:fs';
import { isPlainMap, maxDepth, regionReference } from './codec.js';

const alignment = 64;
const leastRegion = 8 * 1024 * 1024;

/** @typedef {import('./session.js').Session} Session */

/** A piece of a region that belongs to one call until its response. */
export class Slot {
  /**
   * @param {Region} region
   * @param {number} offset
   * @param {number} length
   */
  constructor(region, offset, length) {
    this.region = region;
    this.offset = offset;
    this.length = length;
  }

  release() {
    this.region.release(this);
  }
}

/** One region with its free pieces, first fit. Node has no mapping, so bytes are written into the file: one copy. */
class Region {
  /** @type {{ offset: number, length: number }[]} */
  #free;

  /**
   * @param {number} id
   * @param {number} file
   * @param {number} bytes
   */
  constructor(id, file, bytes) {
    this.id = id;
    this.file = file;
    this.#free = [{ offset: 0, length: bytes }];
  }

  /** @param {Uint8Array} data */
  place(data) {
    const needed = Math.ceil(data.byteLength / alignment) * alignment;
    const i = this.#free.findIndex((piece) => piece.length >= needed);
    const piece = this.#free[i];
    if (!piece) return undefined;
    if (piece.length === needed) this.#free.splice(i, 1);
    else this.#free[i] = { offset: piece.offset + needed, length: piece.length - needed };
    for (let written = 0; written < data.byteLength;) {
      written += fs.writeSync(this.file, data, written, data.byteLength - written, piece.offset + written);
    }

    return new Slot(this, piece.offset, needed);
  }

  /** @param {Slot} slot */
  release(slot) {
    const all = [...this.#free, { offset: slot.offset, length: slot.length }].sort((a, b) => a.offset - b.offset);
    /** @type {typeof all} */
    const merged = [];
    for (const piece of all) {
      const last = merged.at(-1);
      if (last && last.offset + last.length === piece.offset) last.length += piece.length;
      else merged.push({ ...piece });
    }

    this.#free = merged;
  }
}

/** All regions of one connection. Where they cannot be had, everything goes over the socket, silently. */
export class Regions {
  #session;
  #threshold;
  #bytesLeft;
  #regionsLeft;
  /** @type {Region[]} */
  #regions = [];
  /** @type {Promise<void> | undefined} */
  #opening;

  /**
   * @param {Session} session
   * @param {number} threshold Bytes from which a binary goes through a region; 0 for never.
   * @param {number} mostBytes
   * @param {number} mostRegions
   */
  constructor(session, threshold, mostBytes, mostRegions) {
    this.#session = session;
    this.#threshold = threshold;
    this.#bytesLeft = mostBytes;
    this.#regionsLeft = threshold > 0 && process.platform === 'linux' ? mostRegions : 0;
  }

  /**
   * The body with its large binaries put into regions; their places are added to `slots`.
   * @param {unknown} body
   * @param {Slot[]} slots
   * @param {number} [depth]
   * @returns {Promise<unknown>}
   */
  async place(body, slots, depth = 0) {
    if (this.#regionsLeft <= 0 && this.#regions.length === 0) return body;
    if (body instanceof Uint8Array) {
      if (body.byteLength < this.#threshold) return body;
      const slot = await this.#find(body);
      if (!slot) return body;
      slots.push(slot);
      return regionReference(slot.region.id, slot.offset, body.byteLength);
    }

    if (!this.#concerns(body, depth)) return body;
    if (Array.isArray(body)) {
      const items = [];
      for (const value of body) items.push(await this.place(value, slots, depth + 1));
      return items;
    }

    /** @type {Record<string, unknown>} */
    const fields = {};
    for (const [key, value] of Object.entries(/** @type {Record<string, unknown>} */ (body))) fields[key] = await this.place(value, slots, depth + 1);
    return fields;
  }

  close() {
    this.#regionsLeft = 0;
    for (const region of this.#regions.splice(0)) fs.closeSync(region.file);
  }

  /**
   * @param {unknown} value
   * @param {number} depth
   * @returns {boolean}
   */
  #concerns(value, depth) {
    if (value instanceof Uint8Array) return value.byteLength >= this.#threshold;
    if (depth >= maxDepth) return false;
    if (Array.isArray(value)) return value.some((inner) => typeof inner === 'object' && this.#concerns(inner, depth + 1));
    return isPlainMap(value) && Object.values(value).some((inner) => this.#concerns(inner, depth + 1));
  }

  /** @param {Uint8Array} data */
  async #find(data) {
    let slot = this.#place(data);
    while (!slot && this.#opening) {
      await this.#opening;
      slot = this.#place(data);
    }

    if (slot || this.#regionsLeft <= 0 || data.byteLength > this.#bytesLeft) return slot;
    this.#opening = this.#open(Math.min(Math.max(data.byteLength + alignment, leastRegion), this.#bytesLeft)).finally(() => { this.#opening = undefined; });
    await this.#opening;
    return this.#place(data);
  }

  /** @param {Uint8Array} data */
  #place(data) {
    for (const region of this.#regions) {
      const slot = region.place(data);
      if (slot) return slot;
    }

    return undefined;
  }

  /** @param {number} bytes */
  async #open(bytes) {
    let id;
    try {
      const answer = await this.#session.invoke('host.open_region', { bytes });
      id = Number(answer.region);
      const granted = Number(answer.bytes);
      this.#regions.push(new Region(id, openRegionFile(answer.path, granted), granted));
      this.#bytesLeft -= granted;
      this.#regionsLeft--;
    } catch {
      this.#regionsLeft = 0;
      if (id !== undefined) await this.#session.invoke('host.close_region', { region: id }).catch(() => {});
    }
  }
}

/**
 * In a container the number may be another process's: only a memory file of just this size is what the host made.
 * @param {string} path
 * @param {number} bytes
 */
function openRegionFile(path, bytes) {
  if (!/^\/proc\/\d+\/fd\/\d+$/.test(path) || !fs.readlinkSync(path).startsWith('/memfd:')) throw new Error(`'${path}' is not a region.`);
  const file = fs.openSync(path, 'r+');
  if (fs.fstatSync(file).size === bytes) return file;
  fs.closeSync(file);
  throw new Error(`'${path}' does not have ${bytes} bytes.`);
}
