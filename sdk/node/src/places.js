/** As many calls as the host allows at once; further ones wait in order. */
export class Places {
  #free;
  /** @type {Set<() => void>} */
  #waiting = new Set();

  /** @param {number} count */
  constructor(count) {
    this.#free = count;
  }

  /**
   * @param {AbortSignal} [signal] Stops waiting.
   * @returns {Promise<void>}
   */
  async take(signal) {
    if (this.#free > 0) {
      this.#free--;
      return;
    }

    await new Promise((resolve, reject) => {
      const wake = () => {
        signal?.removeEventListener('abort', stop);
        resolve(undefined);
      };
      const stop = () => {
        this.#waiting.delete(wake);
        reject(signal?.reason);
      };
      signal?.addEventListener('abort', stop, { once: true });
      this.#waiting.add(wake);
    });
  }

  release() {
    for (const wake of this.#waiting) {
      this.#waiting.delete(wake);
      wake(); // The place goes from hand to hand.
      return;
    }

    this.#free++;
  }
}
