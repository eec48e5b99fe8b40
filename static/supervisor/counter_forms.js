/** The forms of the section on counters. */

import { formatTime } from '../js/clock.js';
import { el, renderList, setAttribute } from '../js/component.js';
import { pick, t } from '../js/i18n.js';
import { InputError, commandForm, neededText, wholeNumber } from './command.js';
import { checkField, numberField, selectField, textField, timeField } from './fields.js';
import { counterList } from './tickets.js';
import { typedMoment } from './times.js';
import { counterName } from './words.js';

/** When an open counter will close, so that the order of calling can count on it. */
export function planClosingForm({ number, closes_at: planned }, leave) {
  const at = timeField({
    label: t('Closes at'),
    value: formatTime(planned),
    hint: t('An hour such as 10:30. Leave empty if it stays open.'),
  });
  return commandForm({
    title: t('Planned closing of {counter}', { counter: counterName(number) }),
    fields: [at],
    submit: t('Save'),
    cancel: leave,
    done: leave,
    keep: true,
    request: () => [`/api/counters/${number}/plan-closing`, { closes_at: typedMoment(at) }],
  });
}

/** Another person takes the counter; the ticket in hand stays. */
export function handOverForm({ number, staff }, labels, leave) {
  const others = labels.filter((label) => label !== staff);
  const to = selectField({
    label: t('New staff'),
    options: [['', t('Choose')], ...others.map((label) => [label, label])],
  });
  return commandForm({
    title: t('Hand over {counter}', { counter: counterName(number) }),
    fields: [el('p', { class: 'field-wide', text: t('The ticket in hand stays at the counter.') }), to],
    submit: t('Hand over'),
    cancel: leave,
    done: leave,
    request: () => [`/api/counters/${number}/hand-over`, { to: neededText(to, t('Choose somebody.')) }],
  });
}

/** A new counter with its services. */
export class CounterForm {
  #number = numberField({ label: t('Number of the counter'), min: 1, max: 99 });
  #zone = textField({
    label: t('Zone'),
    size: 16,
    hint: t('Where it is, such as "Lantai 2". May be empty.'),
  });
  #services = el('div', { class: 'checks' });
  root = commandForm({
    fields: [
      this.#number,
      this.#zone,
      el(
        'fieldset',
        { class: 'field-wide' },
        el('legend', { class: 'label', text: t('Services') }),
        this.#services,
      ),
    ],
    submit: t('Add the counter'),
    done: () => t('The counter was added.'),
    request: () => ['/api/counters', this.#body()],
  });

  #body() {
    const services = [...this.#services.querySelectorAll('input:checked')].map((input) => input.value);
    if (services.length === 0) {
      throw new InputError(t('Choose at least one service.'), this.#services.querySelector('input'));
    }
    const number = wholeNumber(this.#number, { min: 1, max: 99, needed: true });
    return { number, services, zone: this.#zone.input.value.trim() || null };
  }

  render(state) {
    renderList(this.#services, state.services, (service) => service.code, serviceBox);
    const last = Math.max(0, ...counterList(state).map((counter) => counter.number));
    setAttribute(this.#number.input, 'placeholder', String(last + 1));
  }
}

function serviceBox(service) {
  const box = checkField({ label: pick(service.name), checked: true });
  box.input.value = service.code;
  return box;
}
