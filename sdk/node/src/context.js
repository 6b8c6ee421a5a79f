/**
 * What the caller says about a call besides its body; undefined for nothing.
 * @param {import('./index.js').CallOptions} options
 */
export function contextOf(options) {
  /** @type {Record<string, unknown>} */
  const context = {};
  if (options.deadlineMs !== undefined) context.deadline_ms = Math.ceil(options.deadlineMs);
  if (options.priority !== undefined && options.priority !== 'normal') context.priority = options.priority;
  if (options.traceparent !== undefined) context.traceparent = options.traceparent;
  if (options.idempotencyKey !== undefined) context.idempotency_key = options.idempotencyKey;
  if (options.onInfo !== undefined) context.explain = true;
  return Object.keys(context).length > 0 ? context : undefined;
}
