/** Words that the citizens' screens share. */

import { t } from './i18n.js';

/**
 * Why a service is suspended.
 * @param {string | null} cause blanks, link, recording_set, power or other
 * @returns {string}
 */
export function causeText(cause) {
  const texts = {
    blanks: t('KTP-el blanks have run out'),
    link: t('the central network (SIAK) is disturbed'),
    recording_set: t('the recording equipment is out of order'),
    power: t('power failure'),
  };
  return texts[cause] ?? t('not available for a while');
}
