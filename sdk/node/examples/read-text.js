// Prints the text of a picture: node read-text.js page.jpg
import fs from 'node:fs';
import { EdgeHost, EdgeHostError } from '../src/index.js';

const [path] = process.argv.slice(2);
if (!path) {
  console.error('usage: node read-text.js PICTURE');
  process.exit(2);
}

try {
  const host = await EdgeHost.connect();
  try {
    const page = await host.vision.recognizeText(fs.readFileSync(path), { deadlineMs: 30_000, priority: 'interactive' });
    console.log(page.text);
  } finally {
    await host.close();
  }
} catch (e) {
  if (!(e instanceof EdgeHostError)) throw e;
  console.error(`${e.code}: ${e.message}`);
  process.exitCode = 1;
}
