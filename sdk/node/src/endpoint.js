import os from 'node:os';
import path from 'node:path';

/** The path of the host's socket, by the order of docs/protocol.md. */
export function defaultEndpoint() {
  const { EDGEHOST_ENDPOINT: configured, XDG_RUNTIME_DIR: runtime } = process.env;
  if (configured) return configured;
  if (runtime) return path.join(runtime, 'edgehost', 'edgehost.sock');
  return path.join(os.tmpdir(), `edgehost-${os.userInfo().username}`, 'edgehost.sock');
}

/** The program's name, with the characters that an app's name cannot have replaced. */
export function defaultAppName() {
  const name = path.parse(process.argv[1] ?? 'node').name.toLowerCase();
  return name.replace(/[^a-z0-9._-]/g, '-').slice(0, 128) || 'node';
}

/** @param {string} name */
export function checkAppName(name) {
  if (!/^[a-z0-9._-]{1,128}$/.test(name)) throw new TypeError(`'${name}' is not an app's name: 1 to 128 characters of a-z 0-9 . _ -`);
  return name;
}
