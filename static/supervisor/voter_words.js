/** What would help voters who will not be in time, in words. */

import { formatTime } from '../js/clock.js';
import { pick, t } from '../js/i18n.js';
import { counterNames } from './words.js';

/**
 * A remedy as one sentence.
 * @param {{service: string, counters: number, until: number, made: number, of: number}} remedy
 * @param {Record<string, object>} services by code
 */
export function remedyText({ service, counters, until, made, of: all }, services) {
  const params = { service: pick(services[service]?.name) || service, time: formatTime(until), made, all };
  return counters === 1
    ? t('Open 1 more counter for {service} until {time}: {made} of {all} make it.', params)
    : t('Open 2 more counters for {service} until {time}: {made} of {all} make it.', params);
}

/** Which counters could do it. */
export function whoText({ could_open: closed, could_switch: others }) {
  if (closed.length > 0) return t('Closed now: {counters}', { counters: counterNames(closed) });
  if (others.length > 0) return t('Does not serve it yet: {counters}', { counters: counterNames(others) });
  return t('All counters serve it already; one more place is needed.');
}
