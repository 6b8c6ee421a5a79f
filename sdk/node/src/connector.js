import { EdgeHostError, unavailable } from './errors.js';

// Node cuts a longer path without a word, and connects to another one.
const longestPath = process.platform === 'linux' ? 107 : 103;

/**
 * @param {string} endpoint
 */
export function checkEndpoint(endpoint) {
  if (process.platform === 'win32' || Buffer.byteLength(endpoint) <= longestPath) return;
  throw new EdgeHostError('invalid_argument', `The endpoint '${endpoint}' is too long for a socket; choose a shorter one.`);
}

/**
 * Waits for the connection, with errors that say what to do.
 * @param {import('node:net').Socket} socket
 * @param {string} endpoint
 * @returns {Promise<void>}
 */
export function connected(socket, endpoint) {
  return new Promise((resolve, reject) => {
    socket.once('connect', () => {
      socket.off('error', onError);
      resolve();
    });
    socket.once('error', onError);

    /** @param {NodeJS.ErrnoException} error */
    function onError(error) {
      if (error.code === 'EACCES' || error.code === 'EPERM') {
        reject(new EdgeHostError('permission_denied', `The host at '${endpoint}' belongs to another user.`, { cause: error }));
      } else {
        reject(unavailable(`No host runs at '${endpoint}'. Start one with \`edgehost serve\`.`, error));
      }
    }
  });
}
