/** What a counter is told of an interrupted service. */

import { formatTime } from '../js/clock.js';
import { t } from '../js/i18n.js';

const WORDS = {
  suspended: () => t('suspended'),
  biodata_instead: () => t('biodata instead'),
  closed: () => t('closed today'),
};

/**
 * @param {{state: string, expected_back?: number | null}} service
 * @returns {string} empty for an open one
 */
export function interruption({ state, expected_back: back }) {
  const word = WORDS[state]?.() ?? '';
  return word && back ? t('{state} until {time}', { state: word, time: formatTime(back) }) : word;
}

/** The outcome that a ticket of this service has unless somebody chooses another. */
export function usualOutcome(service) {
  return service?.state === 'biodata_instead' ? 'biodata_instead' : 'done';
}
