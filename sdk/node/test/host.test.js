// Against a real host with the plugin of tests/TestPlugins/Conformance; skipped unless EDGEHOST_TEST_ENDPOINT names its socket.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { EdgeHost } from '../src/index.js';

const endpoint = process.env.EDGEHOST_TEST_ENDPOINT ?? '';
const offers = (process.env.EDGEHOST_TEST_OFFERS ?? '').split(',');
const withStreams = { skip: offers.includes('streams') ? false : 'this host takes no pushes yet' };

describe('a real host', { skip: endpoint ? false : 'EDGEHOST_TEST_ENDPOINT names no host' }, () => {
  /** @type {EdgeHost} */
  let host;
  before(async () => { host = await EdgeHost.connect({ endpoint, app: 'node-tests' }); });
  after(() => host.close());

  test('call', async () => {
    assert.deepEqual(await host.call('conformance.echo', { a: [1, 'x', null] }), { a: [1, 'x', null] });
    assert.equal(await host.ping(Buffer.from('abc')), 3);
    assert.ok(host.hostVersion);
    assert.ok((await host.capabilities()).some((capability) => capability.method === 'conformance.echo'));
  });

  test('large binary', async () => {
    assert.deepEqual(await host.call('conformance.measure', { data: Buffer.alloc(6 << 20, 1) }), { bytes: 6 << 20, sum: 6 << 20 });
  });

  test('many large ones at once, with back-pressure', async () => {
    const data = Buffer.alloc(1 << 20, 1);
    const answers = await Promise.all(Array.from({ length: 40 }, () => host.call('conformance.measure', { data })));
    assert.ok(answers.every((answer) => answer.sum === 1 << 20));
  });

  test('error', async () => {
    await assert.rejects(
      host.call('conformance.fail', { code: 'aborted', message: 'Lost.', retry_after_ms: 5 }), { code: 'aborted', message: 'Lost.', retryAfterMs: 5 });
  });

  test('deadline', () => assert.rejects(host.call('conformance.wait', {}, { deadlineMs: 50 }), { code: 'deadline_exceeded' }));

  test('explained', async () => {
    /** @type {any} */
    let told;
    await host.call('conformance.echo', {}, { onInfo: (info) => { told = info; } });
    assert.equal(told.plugin, 'test.conformance');
  });

  test('a thousand at once', async () => {
    const answers = await Promise.all(Array.from({ length: 1000 }, (_, n) => host.call('conformance.echo', { n })));
    assert.deepEqual(answers.map((answer) => answer.n), Array.from({ length: 1000 }, (_, n) => n));
  });

  test('abort', async () => {
    const controller = new AbortController();
    const call = host.call('conformance.wait', {}, { signal: controller.signal });
    await host.ping();
    controller.abort();
    await assert.rejects(call, { name: 'AbortError' });
    await assert.rejects(host.call('conformance.echo', {}, { signal: AbortSignal.abort() }), { name: 'AbortError' });
    assert.deepEqual(await host.call('conformance.echo'), {});
  });

  test('stream', async () => {
    const stream = host.stream('conformance.count', { to: 1000 });
    let next = 1;
    for await (const item of stream) assert.equal(item.n, next++);
    assert.deepEqual(await stream.response(), { sent: 1000 });
  });

  test('a stream that is left', async () => {
    const stream = host.stream('conformance.count', { to: 1_000_000 });
    for await (const item of stream) {
      assert.deepEqual(item, { n: 1 });
      break;
    }

    await assert.rejects(stream.response(), { name: 'AbortError' });
  });

  test('an error after items', async () => {
    /** @type {number[]} */
    const seen = [];
    await assert.rejects(async () => {
      for await (const item of host.stream('conformance.count', { to: 5, fail_after: 2 })) seen.push(item.n);
    }, { code: 'aborted' });
    assert.deepEqual(seen, [1, 2]);
  });

  test('duplex and upload', withStreams, async () => {
    const numbers = Array.from({ length: 200 }, (_, n) => ({ n }));
    const doubled = [];
    for await (const item of host.duplex('conformance.double', numbers)) doubled.push(item.n);
    assert.deepEqual(doubled, numbers.map(({ n }) => 2 * n));
    assert.equal((await host.upload('conformance.sum', numbers)).sum, 19900);
  });

  test('items that fail stop the call', withStreams, async () => {
    function* numbers() {
      yield { n: 1 };
      throw new Error('microphone');
    }

    await assert.rejects(async () => {
      for await (const item of host.duplex('conformance.double', numbers())) assert.ok(item);
    }, /microphone/);
  });

  test('no host', () => assert.rejects(EdgeHost.connect({ endpoint: `${endpoint}-none` }), { code: 'unavailable', message: /edgehost serve/ }));

  test('an endpoint that is too long', () => assert.rejects(EdgeHost.connect({ endpoint: `/tmp/${'x'.repeat(200)}` }), { code: 'invalid_argument' }));

  test('closed', async () => {
    const other = await EdgeHost.connect({ endpoint, app: 'node-tests' });
    await other.close();
    await assert.rejects(other.ping(), { code: 'unavailable' });
  });
});
