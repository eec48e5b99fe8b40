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
 * @returns {{text: string, alert: boolean}[]} one line or none
 */
export function cutOffLines({ hours }, now) {
  const close = hours.poll_close;
  if (!close || now >= close) return [];
  const left = Math.ceil((close - now) / MINUTE);
  const time = formatTime(close);
  const text =
    left > 60
      ? t('Polling stations close at {time}.', { time })
      : t('Polls close {time} ({minutes} min)', { time, minutes: left });
  return [{ text, alert: close - now <= HURRY_MS }];
}

/** The heading of the waiting list; minutes where the ranges are shown. */
export const waitingTitle = (wide) => (wide ? t('Wait: min') : t('Waiting'));

/**
 * One service of the waiting list: letter, people, and the range in minutes where it is known.
 *
 * @param {{letter: string, waiting: number, state: string, wait?: {low: number, high: number} | null}} service
 * @returns {{text: string, paused: boolean}}
 */
export function waitingItem({ letter, waiting, state, wait }) {
  const params = { letter, count: waiting, low: wait?.low, high: wait?.high };
  return { text: waitingText(params, wait && state === 'open'), paused: state !== 'open' };
}

/** Three digits would not fit: there the lower end has to do. */
function waitingText(params, known) {
  if (!known) return t('{letter} {count}', params);
  return params.high < 100 ? t('{letter} {count}: {low}–{high}', params) : t('{letter} {count}: {low}+', params);
}
