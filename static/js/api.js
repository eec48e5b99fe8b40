/** Commands to the server: idempotent POSTs, each with a key, a timeout and one retry. */

/** What a command that did not succeed throws. */
export class ApiError extends Error {
  /**
   * @param {number} status HTTP status; 0 when no answer came
   * @param {string} code the server's stable code; `network` or `timeout` when no answer came
   * @param {string} detail a sentence for the person at the screen, in their language; may be empty
   * @param {object} [problem] the whole problem document
   */
  constructor(status, code, detail, problem = {}) {
    super(`${code}: ${detail}`);
    this.name = 'ApiError';
    this.status = status;
    this.code = code;
    this.detail = detail;
    this.problem = problem;
  }
}

/**
 * A fresh idempotency key (RFC 4122 version 4). crypto.randomUUID only exists on secure
 * origins, and an office's own network is plain http.
 * @returns {string}
 */
export function newKey() {
  if (typeof crypto.randomUUID === 'function') return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

let csrf = document.querySelector('meta[name="csrf"]')?.content ?? '';

/**
 * Use another CSRF token from now on, such as the one a session's answer holds.
 * @param {string} token
 */
export function setCsrf(token) {
  csrf = token;
}

/**
 * Send a command.
 * @param {string} url
 * @param {object} [body]
 * @param {{key?: string, timeout?: number}} [options] `key`: pass the same one to repeat the same
 *   tap; `timeout`: milliseconds for each of at most two attempts
 * @returns {Promise<any>} the answer's JSON
 * @throws {ApiError}
 */
export async function post(url, body = {}, { key = newKey(), timeout = 8000 } = {}) {
  const request = {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      'Accept-Language': document.documentElement.lang || 'id',
      'Idempotency-Key': key,
      'X-CSRF-Token': csrf,
    },
    body: JSON.stringify(body),
    credentials: 'same-origin',
  };
  try {
    return await attempt(url, request, timeout);
  } catch (error) {
    if (error.status !== 0) throw error;
    return attempt(url, request, timeout);
  }
}

/**
 * Read something.
 * @param {string} url
 * @param {{timeout?: number}} [options]
 * @returns {Promise<any>} the answer's JSON
 * @throws {ApiError}
 */
export async function get(url, { timeout = 8000 } = {}) {
  return attempt(url, { cache: 'no-store', credentials: 'same-origin' }, timeout);
}

async function attempt(url, request, timeout) {
  const control = new AbortController();
  const timer = setTimeout(() => control.abort(), timeout);
  try {
    const answer = await fetch(url, { ...request, signal: control.signal });
    const text = await answer.text();
    const json = parse(text);
    if (answer.ok) return json;
    throw new ApiError(answer.status, json.code ?? 'unknown', json.detail ?? '', json);
  } catch (error) {
    if (error instanceof ApiError) throw error;
    throw new ApiError(0, control.signal.aborted ? 'timeout' : 'network', '');
  } finally {
    clearTimeout(timer);
  }
}

function parse(text) {
  try {
    return JSON.parse(text) ?? {};
  } catch {
    return {};
  }
}
