/** How today's forecasts turned out, in one line under the day's figures. */

import { el, setText } from '../js/component.js';
import { t } from '../js/i18n.js';

export class Promises {
  root = el('p', { class: 'soft promises' });

  render({ forecast }) {
    this.root.hidden = !forecast;
    if (forecast) setText(this.root, promisesText(forecast));
  }
}

function promisesText({ calibrated, scored, error_minutes: error, coverage }) {
  if (!calibrated) return t('Forecast: no minutes are told now, only how many are ahead.');
  if (!scored) return t('Forecast: minutes are told; none has been put to the test today.');
  return t('Forecast: of {scored} numbers called, {share} % came within the time told; {error} min off on average.', {
    scored,
    share: Math.round(coverage * 100),
    error: Math.round(error),
  });
}
