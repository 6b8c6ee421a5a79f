import assert from 'node:assert/strict';
import { test } from 'node:test';
import { encode } from '@msgpack/msgpack';
import { FrameReader } from '../src/scanner.js';

/** The same numbers in every run. @param {number} seed */
function generator(seed) {
  let state = seed;
  return (/** @type {number} */ below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/**
 * @param {(below: number) => number} random
 * @param {number} depth
 * @returns {unknown}
 */
function anything(random, depth) {
  switch (random(depth > 0 ? 8 : 6)) {
    case 0: return null;
    case 1: return random(2) === 0;
    case 2: return random(2 ** 31) - 2 ** 30;
    case 3: return random(1000) / 7;
    case 4: return 'text '.repeat(random(20));
    case 5: return new Uint8Array(random(3) === 0 ? random(70_000) : random(40));
    case 6: return Array.from({ length: random(20) }, () => anything(random, depth - 1));
    default: return Object.fromEntries(Array.from({ length: random(20) }, (_, i) => [`k${i}`, anything(random, depth - 1)]));
  }
}

test('messages survive any cut', () => {
  const random = generator(20260101);
  for (let round = 0; round < 200; round++) {
    const messages = Array.from({ length: 1 + random(5) }, () => encode(anything(random, 4)));
    const reader = new FrameReader(1 << 24, 64);
    const seen = [];
    let rest = Buffer.concat(messages);
    while (rest.length > 0) {
      const cut = 1 + random(rest.length);
      seen.push(...[...reader.read(rest.subarray(0, cut))].map((frame) => Buffer.from(frame).toString('hex')));
      rest = rest.subarray(cut);
    }

    assert.deepEqual(seen, messages.map((message) => Buffer.from(message).toString('hex')));
  }
});

test('a message in one piece is not copied', () => {
  const chunk = Buffer.from(encode({ a: 1 }));
  const [frame] = new FrameReader(1 << 20, 64).read(chunk);
  assert.equal(frame?.buffer, chunk.buffer);
});

test('claims beyond the limits are refused at their header', () => {
  for (const hex of ['c1', 'c6 7fffffff', 'dd ffffffff', 'df ffffffff', 'db 00200000', 'c9 00200000', '91'.repeat(65)]) {
    assert.throws(() => [...new FrameReader(1 << 20, 64).read(Buffer.from(hex.replaceAll(' ', ''), 'hex'))], { code: 'unavailable' }, hex);
  }

  assert.equal([...new FrameReader(1 << 20, 64).read(Buffer.from(`${'91'.repeat(64)}c0`, 'hex'))].length, 1);
});

test('random bytes do no harm', () => {
  const random = generator(7);
  for (let round = 0; round < 5000; round++) {
    const bytes = Uint8Array.from({ length: 1 + random(100) }, () => random(256));
    try {
      for (const frame of new FrameReader(1 << 16, 64).read(bytes)) assert.ok(frame.length > 0);
    } catch (e) {
      assert.equal(/** @type {any} */ (e).code, 'unavailable');
    }
  }
});
