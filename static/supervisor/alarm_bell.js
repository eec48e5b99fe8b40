/** A sound for each new alarm about paper, and again until somebody has answered. */

import { Tones } from '../js/tones.js';

const REMIND_AFTER = 5 * 60_000;
const CRITICAL = [880, 660, 880, 660];
const WARNING = [660];

/** Alarms that somebody can answer, and nobody has. */
export const unanswered = (alarms = []) => alarms.filter((alarm) => alarm.id && !alarm.acknowledged_at);

export class AlarmBell {
  #tones = new Tones();
  #known = new Set();
  #rangAt = 0;

  /** Whether there was something to be heard that the browser held back. */
  get isHeldBack() {
    return this.#known.size > 0 && this.#tones.isHeldBack;
  }

  /**
   * @param {object[]} alarms of the snapshot
   * @param {number} now ms
   */
  hear(alarms, now) {
    this.#tones.wake();
    const open = unanswered(alarms);
    const critical = open.some(({ level }) => level === 'critical');
    const fresh = open.filter(({ id }) => !this.#known.has(id));
    this.#known = new Set(open.map(({ id }) => id));
    if (fresh.some(({ level }) => level === 'critical')) this.#ring(CRITICAL, now);
    else if (fresh.length > 0) this.#ring(WARNING, now);
    else if (critical && now - this.#rangAt >= REMIND_AFTER) this.#ring(CRITICAL, now);
  }

  #ring(tones, now) {
    this.#rangAt = now;
    this.#tones.play(tones);
  }
}
