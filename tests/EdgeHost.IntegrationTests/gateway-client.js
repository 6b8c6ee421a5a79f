// The official client of OpenAI's interface for Node against the door of a host: node gateway-client.js PACKAGES BASE_URL KEY SOUND.
// Prints one line of JSON with what it got.
const { createRequire } = require('node:module');
const fs = require('node:fs');
const path = require('node:path');

const [packages, baseURL, apiKey, sound] = process.argv.slice(2);
const OpenAI = createRequire(path.join(packages, 'package.json'))('openai').OpenAI;

async function main() {
  const client = new OpenAI({ apiKey, baseURL, maxRetries: 0 });
  const models = [];
  for await (const model of client.models.list()) models.push(model.id);
  const transcript = await client.audio.transcriptions.create({ file: fs.createReadStream(sound), model: 'whisper-1' });
  const refused = await new OpenAI({ apiKey: 'nobody:none', baseURL, maxRetries: 0 }).models.list().then(() => 'nothing', (error) => error.constructor.name);
  const unknown = await client.models.retrieve('no-such-model').then(() => 'nothing', (error) => `${error.constructor.name} ${error.status}`);
  console.log(JSON.stringify({ models, text: transcript.text, refused, unknown }));
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
