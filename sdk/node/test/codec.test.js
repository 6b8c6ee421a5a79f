import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decode, encode } from '@msgpack/msgpack';
import { Codec, regionReference } from '../src/codec.js';
import { EdgeHostError } from '../src/errors.js';
import { Places } from '../src/places.js';

test('a request with large binaries is the same as one without', () => {
  const data = new Uint8Array(100_000).fill(7);
  for (const body of [{ a: 1, b: [2] }, { data }, { a: 1, nested: { data, b: 'x' }, c: undefined }, Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`k${i}`, data]))]) {
    const parts = new Codec(false).request(9, 'test.method', body, { explain: true });
    const actual = decode(Buffer.concat(parts));
    const expected = decode(encode([0, 9, 'test.method', [body, { explain: true }]], { ignoreUndefined: true }));
    assert.equal(Buffer.from(encode(actual)).compare(encode(expected)), 0);
  }

  const parts = new Codec(false).request(1, 'm', { data }, undefined);
  assert.ok(parts.includes(data), 'a large binary goes by reference');
});

test('what has no form is refused', () => {
  /** @type {any} */
  const recursive = {};
  recursive.self = recursive;
  for (const body of [{ f: () => 1 }, recursive, { s: Symbol('s') }]) {
    assert.throws(() => new Codec(false).request(1, 'm', body, undefined), { code: 'invalid_argument' });
  }
});

test('what is no message is refused', () => {
  for (const message of [7, [], [0, 1, 'm', []], [1, -1, null, 1], [1, 2 ** 32, null, 1], [2, 5, []], [2, 'm', 5], [1, 1, null]]) {
    assert.throws(() => new Codec(false).read(encode(message)), { code: 'unavailable' });
  }
});

test('the place of a binary in a region', () => {
  assert.equal(Buffer.from(encode(regionReference(7, 64, 3))).toString('hex'), 'd8010000000700000000000000400000' + '0003');
});

test('errors are read whatever they are', () => {
  const error = EdgeHostError.fromWire({ code: 'resource_exhausted', message: 'Full.', retry_after_ms: 250, details: { queue: 'cpu', n: 1 } });
  assert.deepEqual([error.code, error.message, error.retryAfterMs, error.details, error.isTransient], ['resource_exhausted', 'Full.', 250, { queue: 'cpu' }, true]);
  for (const wire of [null, 7, [], {}, { code: 5 }, { code: 'later', message: [] }, 'text']) assert.equal(EdgeHostError.fromWire(wire).code, 'internal');
});

test('places go in order and back', async () => {
  const places = new Places(1);
  /** @type {number[]} */
  const order = [];
  await places.take();
  const second = places.take().then(() => order.push(2));
  const controller = new AbortController();
  const third = places.take(controller.signal);
  const fourth = places.take().then(() => order.push(4));
  controller.abort(new Error('no more'));
  await assert.rejects(third, /no more/);
  places.release();
  await second;
  places.release();
  await fourth;
  assert.deepEqual(order, [2, 4]);
  places.release();
  await places.take();
});
