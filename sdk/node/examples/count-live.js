// Counts words while they are typed: node count-live.js, with the plugin samples/WordTools in the host
import readline from 'node:readline';
import { EdgeHost, EdgeHostError } from '../src/index.js';

async function* pieces() {
  for await (const line of readline.createInterface({ input: process.stdin })) yield { text: `${line}\n` };
}

try {
  const host = await EdgeHost.connect();
  try {
    for await (const count of host.duplex('wordtools.count_live', pieces())) {
      console.log(`${count.words} words, ${count.characters} characters`);
    }
  } finally {
    await host.close();
  }
} catch (e) {
  if (!(e instanceof EdgeHostError)) throw e;
  console.error(`${e.code}: ${e.message}`);
  process.exitCode = 1;
}
