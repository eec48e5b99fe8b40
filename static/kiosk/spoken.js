/** Things that several pages say, in the words of the speaking mode. Pure. */

import { formatTime } from '../js/clock.js';
import { CROCKFORD } from '../js/pad.js';

/** @param {object} service */
export function sayService(service) {
  const words = [`service:${service.code}`];
  if (service.state === 'open') return words;
  return [...words, service.instead ? 'biodata_instead' : 'not_served'];
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

/** Why no number can be had now. */
export function sayState(code) {
  const known = {
    before: ['no_numbers_yet'],
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
