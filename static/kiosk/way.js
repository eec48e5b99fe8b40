/** One way to a document: what it is and by when, a button that takes its number, one for priority. */

import { el, setAttribute, setText, setWords } from '../js/component.js';
import { formatTime } from '../js/clock.js';
import { pick, t } from '../js/i18n.js';
import { waitingText } from './availability.js';
import { Button } from './button.js';
import { namedIcon } from './icons.js';
import { sayForecast } from './spoken.js';

const CLASSES = ['on_time', 'tight', 'late'];

export class Way {
  /** @param {(priority: boolean) => void} take */
  constructor(take) {
    this.verdict = el('strong', { class: 'way-verdict' });
    this.verdictText = el('span');
    this.icons = CLASSES.map((name) => [name, namedIcon(name)]);
    this.verdict.append(...this.icons.map(([, icon]) => icon), this.verdictText);
    this.time = el('span', { class: 'way-time' });
    this.name = el('h2', { class: 'way-name' });
    this.facts = el('div', { class: 'way-facts' }, this.name, el('p', {}, this.verdict, this.time));
    this.take = new Button(() => take(false), { kind: 'choice button-primary way-take' });
    this.priority = new Button(() => take(true), { kind: 'choice way-priority' });
    this.element = el(
      'section',
      { class: 'way' },
      this.facts,
      this.take.element,
      this.priority.element,
    );
  }

  /**
   * @param {object} service
   * @param {object | null} forecast as the server gives it; null or without a class: people ahead
   * @param {{flow: object, large: boolean, alone: boolean}} model `alone`: it is the only way
   */
  render(service, forecast, { flow, large, alone }) {
    const verdict = CLASSES.includes(forecast?.class) ? forecast.class : null;
    const wait = flow.busy ? t('One moment…') : null;
    setAttribute(this.element, 'data-class', verdict);
    this.take.render({
      text: wait ?? (verdict === 'late' ? t('Still take a number') : t('Take a number')),
      off: flow.busy,
    });
    setWords(this.name, pick(service.name));
    this.name.hidden = alone;
    for (const [name, icon] of this.icons) icon.toggleAttribute('hidden', name !== verdict);
    setText(this.verdictText, verdict ? verdictText(verdict) : '');
    this.verdict.hidden = verdict === null;
    setText(this.time, timeText(service, forecast, alone));
    this.priority.render({
      text: wait ?? t('Take a priority number'),
      note:
        alone && !large
          ? t('Elderly, disability, pregnant, small children, disaster victims. No reason is asked.')
          : '',
      off: flow.busy,
    });
  }

  /** Its two choices for the speaking mode. */
  speech(service, forecast) {
    const take = forecast?.class === 'late' ? 'take_anyway' : 'take';
    return [
      {
        element: this.take.element,
        words: [`service:${service.code}`, ...sayForecast(service, forecast), take],
      },
      { element: this.priority.element, words: ['take_priority'] },
    ];
  }
}

function verdictText(verdict) {
  switch (verdict) {
    case 'on_time':
      return t('In time');
    case 'tight':
      return t('Time is tight');
    default:
      return t('Probably too late');
  }
}

/** When the document will be ready; as long as nobody can say, how many are ahead. */
function timeText(service, forecast, alone) {
  if (forecast?.done) {
    const range = { low: formatTime(forecast.done.low), high: formatTime(forecast.done.high) };
    return alone
      ? t('Estimate: document ready at about {low}-{high}.', range)
      : t('Ready at about {low}-{high}', range);
  }
  if (!forecast) return waitingText(service);
  return forecast.people_ahead > 0
    ? t('People ahead of you: {count}', { count: forecast.people_ahead })
    : t('Nobody is ahead of you');
}
