/** Things that several pages say, in the words of the speaking mode. Pure. */

import { formatTime } from '../js/clock.js';
import { CROCKFORD } from '../js/pad.js';

const CAUSES = ['blanks', 'link', 'recording_set', 'power'];

/** @param {object} service */
export function sayService(service) {
  const words = [`service:${service.code}`];
  if (service.state === 'open') return words;
  return [...words, service.instead ? 'biodata_instead' : 'not_served'];
}

/** Why a service is not served now, and when it is expected again. */
export function sayCause({ state, cause, expected_back: back }) {
  if (state !== 'suspended' && state !== 'biodata_instead') return [];
  const known = CAUSES.includes(cause) ? [`cause_${cause}`] : [];
  return back ? [...known, 'back_at', sayTime(back)] : known;
}

/** What to bring, each document once. @param {object[]} services */
export function sayDocuments(services) {
  const written = services.filter((one) => one.bring?.id);
  const once = written.filter(
    (one, place) => written.findIndex((other) => other.bring.id === one.bring.id) === place,
  );
  return once.map((one) => `bring:${one.code}`);
}

/** @param {number} count people who go first */
export function sayAhead(count) {
  return count > 0 ? [`number:${Math.min(count, 999)}`, 'ahead'] : ['nobody_ahead'];
}

/** How long somebody would wait; nothing while nobody can say. */
export function sayWait(wait) {
  if (!wait) return [];
  const [low, high] = [wait.low, wait.high].map((minutes) => `number:${Math.min(minutes, 999)}`);
  return ['wait', low, 'until', high, 'minutes'];
}

/** @param {number} ms */
export function sayTime(ms) {
  return `time:${formatTime(ms, 'id')}`;
}

/** A way's time, as it is written on its button. */
export function sayForecast(service, forecast) {
  const words = forecast?.class ? [forecast.class] : [];
  if (forecast?.done) {
    const { low, high } = forecast.done;
    return [...words, 'ready_at', sayTime(low), 'until', sayTime(high)];
  }
  return [...words, ...sayAhead(forecast?.people_ahead ?? service.waiting)];
}

/** What stands above the services while numbers can be had. */
export function sayOpening(code, hours = {}) {
  if (code === 'held') return ['opens_later'];
  return code === 'numbers' && hours.opens ? ['opens_at', sayTime(hours.opens)] : [];
}

/** Why no number can be had now. */
export function sayState(code, hours = {}) {
  const opens = hours.opens ? ['opens_at', sayTime(hours.opens)] : [];
  const known = {
    before: hours.numbers_from
      ? ['numbers_from', sayTime(hours.numbers_from), ...opens]
      : ['no_numbers_yet', ...opens],
    serving_out: ['no_more_numbers'],
    closed: ['closed'],
  };
  return known[code] ?? ['paused', 'ask_staff'];
}

/**
 * Four digits of a ticket's trace code, which can be heard and typed on a keypad: as the server
 * reckons them in kiosk/domain/ticket.py.
 * @param {string} trace
 */
export function spokenCode(trace) {
  const value = [...trace].reduce((sum, letter) => sum * 32 + CROCKFORD.indexOf(letter), 0);
  return String(value % 10000).padStart(4, '0');
}
