// The official client of OpenAI's interface for Node against the door of a host with tiny models: node gateway-text-client.js PACKAGES BASE_URL KEY.
// Prints one line of JSON with what it got.
const { createRequire } = require('node:module');
const path = require('node:path');

const [packages, baseURL, apiKey] = process.argv.slice(2);
const OpenAI = createRequire(path.join(packages, 'package.json'))('openai').OpenAI;

async function main() {
  const client = new OpenAI({ apiKey, baseURL, maxRetries: 0 });
  const request = { model: 'tiny', max_tokens: 12, temperature: 0, messages: [{ role: 'user', content: 'Is it so?' }] };
  const whole = await client.chat.completions.create(request);
  let streamed = '';
  for await (const chunk of await client.chat.completions.create({ ...request, stream: true })) streamed += chunk.choices[0]?.delta?.content ?? '';
  const embedding = await client.embeddings.create({ model: 'encoder', input: ['the cat'] });
  const models = [];
  for await (const model of client.models.list()) models.push(model.id);
  console.log(JSON.stringify({ whole: whole.choices[0].message.content, streamed, dimension: embedding.data[0].embedding.length, models }));
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
