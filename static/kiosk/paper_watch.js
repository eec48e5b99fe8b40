/** What becomes of a number's paper: asked of the server while the number is on the screen. */

import { get } from '../js/api.js';

/** Whoever has no paper by then writes the number down; milliseconds. */
const PATIENCE = 4500;
const ASK_EVERY = 1000;

export class PaperWatch {
  #ticket = null;
  #state = 'coming';
  #since = 0;
  #askedAt = -Infinity;
  #asking = false;
  #changed;

  /** @param {() => void} changed told when the state has changed */
  constructor(changed) {
    this.#changed = changed;
  }

  /** Begin with a ticket, or again with its copy. */
  start(ticket, now) {
    this.#ticket = ticket;
    this.#state = 'coming';
    this.#since = now;
    this.#askedAt = -Infinity;
  }

  /**
   * @param {object} snapshot
   * @param {number} now
   * @returns {'none' | 'coming' | 'out' | 'fault'} `out`: as far as anybody can tell, the person has
   *   the paper; `fault`: it may not come
   */
  state(snapshot, now) {
    const promised = snapshot?.kiosk?.paper;
    if (promised === undefined) return snapshot?.printing?.connected ? 'out' : 'none';
    if (promised === 'none' || this.#state === 'none') return 'none';
    if (this.#state === 'printed' || this.#state === 'sent') return 'out';
    if (this.#state === 'fault' || now - this.#since > PATIENCE) return 'fault';
    return 'coming';
  }

  /** Ask again if it is time. */
  tick(snapshot, now) {
    const settled = ['none', 'printed', 'sent'].includes(this.#state);
    if (this.#ticket === null || settled || snapshot?.kiosk?.paper === undefined) return;
    if (this.#asking || now - this.#askedAt < ASK_EVERY) return;
    this.#askedAt = now;
    this.#ask(this.#ticket);
  }

  async #ask(ticket) {
    this.#asking = true;
    try {
      const { state } = await get(`/api/tickets/${ticket.id}/paper`, { timeout: 2000 });
      if (ticket === this.#ticket) this.#state = state;
    } catch (error) {
      console.warn('paper not known', error.code);
    } finally {
      this.#asking = false;
      this.#changed();
    }
  }
}
