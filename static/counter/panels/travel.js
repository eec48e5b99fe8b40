/** The way to the polling station, as far as somebody knows it. */

import { t } from '../../js/i18n.js';

const TRAVEL_MINUTES = [10, 20, 30, 45, 60, 90];

/** @returns {{value: number | undefined, label: string}[]} options of a field */
export function travelTimes() {
  return [
    { value: undefined, label: t('not known') },
    ...TRAVEL_MINUTES.map((value) => ({ value, label: t('{minutes} min', { minutes: value }) })),
  ];
}
