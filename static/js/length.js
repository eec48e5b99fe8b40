/** Lengths of time in words. */

import { t } from './i18n.js';

const IN_HOURS = 120; // minutes: from then on nobody counts in minutes

/** @param {number} minutes whole */
export function lengthWord(minutes) {
  if (minutes < IN_HOURS) return t('{minutes} min', { minutes });
  return t('{hours} h {minutes} min', { hours: Math.floor(minutes / 60), minutes: minutes % 60 });
}
