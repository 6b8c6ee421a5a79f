/** What is in a picture. */
export class Vision {
  #host;

  /** @param {import('./client.js').EdgeHost} host */
  constructor(host) {
    this.#host = host;
  }

  /**
   * @param {Uint8Array} image
   * @param {import('./index.js').CallOptions} [options]
   */
  recognizeText(image, options) {
    return this.#host.call('vision.recognize_text', { image }, options);
  }

  /**
   * @param {Uint8Array} image
   * @param {import('./index.js').DetectFacesOptions} [settings]
   * @param {import('./index.js').CallOptions} [options]
   */
  detectFaces(image, settings = {}, options = undefined) {
    const { range, minConfidence, maxResults } = settings;
    return this.#host.call('vision.detect_faces', { image, range, min_confidence: minConfidence, max_results: maxResults }, options);
  }
}
