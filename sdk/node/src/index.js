export { EdgeHost } from './client.js';
export { defaultEndpoint } from './endpoint.js';
export { EdgeHostError } from './errors.js';
export { DuplexCall, Stream } from './streams.js';
export { Vision } from './vision.js';
