// Runs a graph model with TensorFlow.js itself on fixed noise: node reference.js FOLDER_OF_PACKAGES model.json OUT
const [packages, topology, out] = process.argv.slice(2);
const fs = require('fs');
const path = require('path');
const tf = require(path.join(packages, 'node_modules', '@tensorflow', 'tfjs'));

(async () => {
  await tf.setBackend('cpu');
  await tf.ready();
  const model = JSON.parse(fs.readFileSync(topology));
  const shards = model.weightsManifest.flatMap((group) => group.paths).map((file) => fs.readFileSync(path.join(path.dirname(topology), file)));
  const bytes = Buffer.concat(shards);
  const graph = await tf.loadGraphModel({
    load: async () => ({
      modelTopology: model.modelTopology,
      weightSpecs: model.weightsManifest.flatMap((group) => group.weights),
      weightData: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length),
      signature: model.signature,
      userDefinedMetadata: model.userDefinedMetadata,
      format: model.format,
    }),
  });
  const input = graph.inputs[0];
  const shape = input.shape.map((size) => (size == null || size < 0 ? 1 : size));
  const values = new Float32Array(shape.reduce((a, b) => a * b, 1));

  // The same noise as in Noise.cs.
  let state = 12345;
  for (let i = 0; i < values.length; i++) {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    values[i] = ((state >>> 8) & 0xffff) / 65535;
    if (input.dtype === 'int32') values[i] = Math.floor(values[i] * 255);
  }

  const signature = model.signature || (model.userDefinedMetadata || {}).signature;
  const names = signature && signature.outputs ? Object.entries(signature.outputs).map(([key, value]) => value.name || key) : graph.outputs.map((o) => o.name);
  const made = await graph.executeAsync(tf.tensor(values, shape, input.dtype), names);
  const outputs = Array.isArray(made) ? made : [made];
  fs.writeFileSync(out, JSON.stringify(outputs.map((o, i) => ({ name: names[i].replace(/:0$/, ''), shape: o.shape, values: Array.from(o.dataSync()) }))));
})().catch((error) => { console.error(error.stack); process.exit(1); });
