/** What every counter is told of the voters while they are close to their limit. */

import { formatTime } from '../js/clock.js';
import { t } from '../js/i18n.js';
import { DEADLINE } from './actions.js';

/**
 * The line of the red band; empty while all voters are well in time.
 * @param {{voters?: {waiting: number, not_in_time: number, next: number | null, red: boolean}}} snapshot
 */
export function voterBand({ voters }) {
  if (!voters?.red) return '';
  if (voters.not_in_time > 0) {
    return t('{late} of {all} waiting voters will probably not be in time. {key}: announce it.', {
      late: voters.not_in_time,
      all: voters.waiting,
      key: DEADLINE.key.toUpperCase(),
    });
  }
  return t('Voters are close to their limit: the next must start by {time}.', {
    time: formatTime(voters.next),
  });
}
