/**
 * When a voter who takes a number now would have the document: asked of the server for each way
 * that is on the page, and again every few seconds while it is there.
 */

import { get } from '../js/api.js';

const FRESH = 5000;
const TIMEOUT = 3000;

/** Whether this server forecasts at all; what it says may still be that it cannot. */
export function foretells(snapshot) {
  return snapshot.services.some((service) => service.wait !== undefined);
}

export class Forecasts {
  #known = new Map();
  #asking = new Set();
  #changed;

  /** @param {() => void} changed told when an answer has come */
  constructor(changed) {
    this.#changed = changed;
  }

  /**
   * The newest answer, which may be a few seconds old; a new one is asked for when it is older.
   * @param {string} service code
   * @param {number | null} travel minutes to the polling station
   * @returns {object | null} null as long as there is none
   */
  of(service, travel) {
    const known = this.#known.get(`${service} ${travel}`);
    return known?.forecast ?? null;
  }

  /** Whether an answer to this question came already, or none will. */
  isSettled(service, travel) {
    return this.#known.has(`${service} ${travel}`);
  }

  /**
   * Ask for what is on the page.
   * @param {string[]} services codes
   * @param {number | null} travel
   * @param {number} now monotonic milliseconds
   */
  want(services, travel, now) {
    for (const service of services) {
      const known = this.#known.get(`${service} ${travel}`);
      if (!known || now - known.at >= FRESH) this.#ask(service, travel, now);
    }
  }

  /** For the next person. */
  clear() {
    this.#known.clear();
  }

  async #ask(service, travel, now) {
    const name = `${service} ${travel}`;
    if (this.#asking.has(name)) return;
    this.#asking.add(name);
    const query = new URLSearchParams({ service, voter: '1' });
    if (travel !== null) query.set('travel_minutes', String(travel));
    try {
      const forecast = await get(`/api/forecast?${query}`, { timeout: TIMEOUT });
      this.#known.set(name, { at: now, forecast });
    } catch (error) {
      console.warn('no forecast', service, error.code);
      this.#known.set(name, { at: now, forecast: null });
    } finally {
      this.#asking.delete(name);
      this.#changed();
    }
  }
}
