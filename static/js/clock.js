/**
 * The server's time on this screen, and its writing in the office's zone. The screen's own
 * clock may be wrong, so only its monotonic part is used.
 */

const SHORTEST_TICK = 100;
const LOCALES = { id: 'id-ID', en: 'en-GB' };

/** The server's clock, set by every snapshot. */
export class Clock {
  #base = Date.now();
  #at = performance.now();
  #speed = 1;
  #listeners = new Set();
  #timer = null;

  /** The office's zone, such as `Asia/Makassar`. */
  zone = 'Asia/Makassar';

  /**
   * Set the clock.
   * @param {number} serverNow UTC milliseconds
   * @param {string} [zone] IANA name
   * @param {number} [speed] how many times as fast as real time it runs: 1 but in a drill
   */
  sync(serverNow, zone, speed) {
    const now = this.now();
    this.#base = Number.isFinite(serverNow) ? serverNow : now;
    this.#at = performance.now();
    if (zone) this.zone = zone;
    if (speed > 0) this.#speed = speed;
  }

  /** How many times as fast as real time the server's time runs. */
  get speed() {
    return this.#speed;
  }

  /** @returns {number} the server's time now, UTC milliseconds */
  now() {
    return Math.round(this.#base + (performance.now() - this.#at) * this.#speed);
  }

  /**
   * Call a function at once and then at every second of the server's time, but not more than ten
   * times a second of real time. One timer serves all callers.
   * @param {(now: number) => void} listener
   * @returns {() => void} stops it
   */
  everySecond(listener) {
    this.#listeners.add(listener);
    if (this.#timer === null) this.#schedule();
    call(listener, this.now());
    return () => this.#listeners.delete(listener);
  }

  #schedule() {
    this.#timer = setTimeout(
      () => {
        const now = this.now();
        for (const listener of [...this.#listeners]) call(listener, now);
        this.#timer = null;
        if (this.#listeners.size > 0) this.#schedule();
      },
      Math.max(SHORTEST_TICK, (1000 - (this.now() % 1000)) / this.#speed),
    );
  }
}

function call(listener, now) {
  try {
    listener(now);
  } catch (error) {
    console.error(error);
  }
}

/** The one clock of the page. */
export const clock = new Clock();

/**
 * An hour as the office writes it: 08.41 in Indonesian, 08:41 in English.
 * @param {number | null | undefined} ms UTC milliseconds
 * @param {string} [language]
 * @returns {string} empty when there is no time
 */
export function formatTime(ms, language = document.documentElement.lang) {
  if (ms === null || ms === undefined) return '';
  const parts = new Intl.DateTimeFormat('en-GB', {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone: clock.zone,
  }).formatToParts(ms);
  const value = (type) => parts.find((part) => part.type === type).value;
  return `${value('hour')}${language === 'en' ? ':' : '.'}${value('minute')}`;
}

/**
 * The hour at which something ends: midnight is 24.00, so that it is not taken for the morning.
 * @param {number | null | undefined} ms UTC milliseconds
 * @param {string} [language]
 * @returns {string} empty when there is no time
 */
export function formatEnd(ms, language) {
  return formatTime(ms, language).replace(/^00(?=.00$)/, '24');
}

/**
 * A date in words, such as "Jumat, 27 November 2026".
 * @param {number} ms UTC milliseconds
 * @param {string} [language]
 * @returns {string}
 */
export function formatDate(ms, language = document.documentElement.lang) {
  return new Intl.DateTimeFormat(LOCALES[language] ?? LOCALES.id, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: clock.zone,
  }).format(ms);
}

/**
 * A length of time as a running clock: 4:07, or 1:04:07 from one hour.
 * @param {number} ms
 * @returns {string} 0:00 for anything negative
 */
export function formatElapsed(ms) {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const two = (value) => String(value).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  return `${hours > 0 ? `${hours}:${two(minutes)}` : minutes}:${two(seconds % 60)}`;
}
