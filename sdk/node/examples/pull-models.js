// Gets models onto the device and shows how far it is: node pull-models.js ocr-det ocr-rec
import { EdgeHost, EdgeHostError } from '../src/index.js';

const models = process.argv.slice(2);
if (models.length === 0) {
  console.error('usage: node pull-models.js MODEL...');
  process.exit(2);
}

try {
  const host = await EdgeHost.connect();
  try {
    const progress = host.stream('models.pull', { models });
    for await (const step of progress) {
      console.log(`${step.model}: ${step.phase}, ${step.bytes_done ?? 0} of ${step.bytes_total ?? '?'} bytes`);
    }

    for (const model of (await progress.response()).models) console.log(`${model.id}: ${model.state}`);
  } finally {
    await host.close();
  }
} catch (e) {
  if (!(e instanceof EdgeHostError)) throw e;
  console.error(`${e.code}: ${e.message}`);
  process.exitCode = 1;
}
