const codes = new Set([
  'cancelled', 'invalid_argument', 'deadline_exceeded', 'not_found', 'already_exists', 'permission_denied', 'resource_exhausted',
  'failed_precondition', 'aborted', 'unimplemented', 'internal', 'unavailable', 'data_loss', 'unauthenticated',
]);
const transient = new Set(['unavailable', 'resource_exhausted', 'aborted']);

/** What the host, a capability or the connection reports. */
export class EdgeHostError extends Error {
  /**
   * @param {string} code
   * @param {string} message
   * @param {{ retryAfterMs?: number, details?: Record<string, string>, cause?: unknown }} [more]
   */
  constructor(code, message, more = {}) {
    super(message, more.cause === undefined ? undefined : { cause: more.cause });
    this.name = 'EdgeHostError';
    this.code = code;
    this.retryAfterMs = more.retryAfterMs;
    this.details = more.details ?? {};
  }

  /** Whether the same call may succeed later without a change by the caller. */
  get isTransient() {
    return transient.has(this.code);
  }

  /**
   * Reads an error map; what another peer sends in its place becomes `internal`.
   * @param {unknown} error
   */
  static fromWire(error) {
    if (typeof error === 'string') return new EdgeHostError('internal', error);
    if (typeof error !== 'object' || error === null) return new EdgeHostError('internal', 'The host sent an error without a message.');
    const { code, message, retry_after_ms: retry, details } = /** @type {Record<string, unknown>} */ (error);
    return new EdgeHostError(
      typeof code === 'string' && codes.has(code) ? code : 'internal',
      typeof message === 'string' ? message : '',
      {
        retryAfterMs: (typeof retry === 'number' || typeof retry === 'bigint') && retry >= 0 ? Number(retry) : undefined,
        details: typeof details === 'object' && details !== null
          ? Object.fromEntries(Object.entries(details).filter(([, text]) => typeof text === 'string'))
          : {},
      },
    );
  }
}

/**
 * An error for calls that the end of a connection takes along.
 * @param {string} message
 * @param {unknown} [cause]
 */
export function unavailable(message, cause) {
  return new EdgeHostError('unavailable', message, { cause });
}
