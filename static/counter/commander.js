/**
 * Sends the counter's commands, one at a time. A command without an answer is repeated with the
 * same key until the server has answered it, so that it is carried out once.
 */

import { newKey, post } from '../js/api.js';
import { t } from '../js/i18n.js';

/** Without an answer for so long somebody wants to know what is going on. */
const SLOW_MS = 1_500;
const TRY_AGAIN_MS = 2_000;
const GIVE_UP_MS = 120_000;
const ATTEMPT_MS = 5_000;

export class Commander {
  #onChange;
  #status = { busy: false, unsent: false, error: '' };

  /**
   * @param {(status: {busy: boolean, unsent: boolean, error: string}) => void} onChange `unsent`:
   *   the server has not answered yet; `error`: why the last command was refused, in words
   */
  constructor(onChange) {
    this.#onChange = onChange;
  }

  get busy() {
    return this.#status.busy;
  }

  /**
   * Carry out one command; does nothing while another one is on its way.
   *
   * @param {string} url
   * @param {object} [body]
   * @returns {Promise<{answer?: object, code?: string, words?: string}>} the answer, or the refusal's
   *   code and what it says
   */
  async send(url, body = {}) {
    if (this.#status.busy) return { code: 'busy' };
    this.#set({ busy: true, unsent: false, error: '' });
    const slow = setTimeout(() => this.#set({ busy: true, unsent: true, error: '' }), SLOW_MS);
    try {
      const answer = await this.#untilAnswered(url, body);
      this.#set({ busy: false, unsent: false, error: '' });
      return { answer };
    } catch (error) {
      const words = wordsOf(error);
      this.#set({ busy: false, unsent: false, error: words });
      return { code: error.code, words };
    } finally {
      clearTimeout(slow);
    }
  }

  /** Forget the last refusal. */
  clear() {
    if (this.#status.error) this.#set({ ...this.#status, error: '' });
  }

  async #untilAnswered(url, body) {
    const key = newKey();
    const until = performance.now() + GIVE_UP_MS;
    for (;;) {
      try {
        return await post(url, body, { key, timeout: ATTEMPT_MS });
      } catch (error) {
        if (error.status !== 0 || performance.now() > until) throw error;
        this.#set({ busy: true, unsent: true, error: '' });
        await pause(TRY_AGAIN_MS);
      }
    }
  }

  #set(status) {
    this.#status = status;
    this.#onChange(status);
  }
}

function wordsOf(error) {
  if (error.detail) return error.detail;
  if (error.status === 0) return t('The server does not answer. Nothing is certain: look again.');
  return t('This did not work ({code}).', { code: error.code ?? 'unknown' });
}

function pause(ms) {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
