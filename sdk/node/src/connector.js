import { EdgeHostError, unavailable } from './errors.js';

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
      } else if (error.code === 'EINVAL' || error.code === 'ENAMETOOLONG') {
        reject(new EdgeHostError('invalid_argument', `The endpoint '${endpoint}' is too long for a socket; choose a shorter one.`, { cause: error }));
      } else {
        reject(unavailable(`No host runs at '${endpoint}'. Start one with \`edgehost serve\`.`, error));
      }
    }
  });
}
