/** What a voter's phone says of the way to the polling station while the number waits. */

import { t } from '../js/i18n.js';

/**
 * @param {object | null} ticket of the phone's snapshot
 * @returns {string} empty for who is no voter, and while nobody can say
 */
export function chanceText(ticket) {
  switch (ticket?.class) {
    case 'on_time':
      return t('For your polling station: in time. An estimate, no promise.');
    case 'tight':
      return t('For your polling station: time is tight. Stay near the counters.');
    case 'late':
      return t('For your polling station: probably too late. Ask the staff what is possible.');
    default:
      return '';
  }
}
