/** What the hall is told of time: the polling stations' closing, and how long a service's wait is. */

import { formatTime } from '../js/clock.js';
import { t } from '../js/i18n.js';

const MINUTE = 60_000;
const HURRY_MS = 30 * MINUTE;

/**
 * The line about the polling stations; none on other days and after they have closed.
 *
 * @param {{hours: {poll_close: number | null}}} snapshot
 * @param {number} now server time, ms
 * @returns {{text: string, alert: boolean}[]} when, and in the last hour how soon; none otherwise
 */
export function cutOffLines({ hours }, now) {
  const close = hours.poll_close;
  if (!close || now >= close) return [];
  const minutes = Math.ceil((close - now) / MINUTE);
  const texts = [t('Polls close {time}', { time: formatTime(close) })];
  if (minutes <= 60) texts.push(t('Polls close in {minutes} min', { minutes }));
  return texts.map((text) => ({ text, alert: close - now <= HURRY_MS }));
}

/**
 * One service of the waiting list: letter, people, and the range in minutes where it is known.
 *
 * @param {{letter: string, waiting: number, state: string, wait?: {low: number, high: number} | null}} service
 * @returns {import('./pages.js').Item}
 */
export function waitingItem({ letter, waiting, state, wait }) {
  const known = wait && state === 'open';
  return {
    text: t('{letter} {count}', { letter, count: waiting }),
    paused: state !== 'open',
    row: {
      letter,
      count: String(waiting),
      range: known ? t('{low}–{high}', wait) : '',
      least: known ? t('{low}+', wait) : '',
    },
  };
}
