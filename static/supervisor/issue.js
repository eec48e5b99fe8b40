/** A number taken by staff for somebody ("diambilkan petugas"). */

import { el } from '../js/component.js';
import { pick, t } from '../js/i18n.js';
import { commandButton, commandForm, neededText, wholeNumber } from './command.js';
import { checkField, numberField, selectField, setOptions, textField } from './fields.js';
import { serviceOptions } from './words.js';

export class IssueForm {
  #state = null;
  #service = selectField({ label: t('Service'), options: [] });
  #priority = checkField({ label: t('Priority (the reason is never asked)') });
  #voter = checkField({ label: t('Document for a polling station today') });
  #travel = numberField({
    label: t('Travel to the polling station (minutes)'),
    max: 240,
    hint: t('If unknown, leave empty: 30 is assumed.'),
  });
  #language = selectField({
    label: t('Language of the ticket'),
    options: [
      ['id', 'Bahasa Indonesia'],
      ['en', 'English'],
    ],
  });
  #override = textField({
    label: t('Reason to give it all the same'),
    size: 36,
    hint: t('Only when numbers are stopped or the quota is reached. Kept in the journal.'),
  });
  #result = el('div', { 'aria-live': 'polite' });
  root;

  constructor() {
    this.#travel.hidden = true;
    this.#voter.input.addEventListener('change', () => this.#showTravel());
    const form = commandForm({
      fields: [
        this.#service,
        this.#language,
        el('div', { class: 'field-wide checks' }, this.#priority, this.#voter),
        this.#travel,
        this.#override,
      ],
      submit: t('Take the number'),
      request: () => ['/api/tickets', this.#body()],
      done: ({ ticket }) => this.#show(ticket),
    });
    this.root = el('div', { class: 'issue' }, form, this.#result);
  }

  #showTravel() {
    this.#travel.hidden = !this.#voter.input.checked;
  }

  #body() {
    this.#result.replaceChildren();
    const body = {
      service: neededText(this.#service, t('Choose a service.')),
      priority: this.#priority.input.checked,
      voter: this.#voter.input.checked,
      language: this.#language.input.value,
    };
    const minutes = body.voter ? wholeNumber(this.#travel, { max: 240 }) : null;
    if (minutes !== null) body.travel_minutes = minutes;
    const reason = this.#override.input.value.trim();
    if (reason) body.override_reason = reason;
    return body;
  }

  #show(ticket) {
    this.#showTravel();
    const service = this.#state?.services.find((one) => one.code === ticket.service);
    const copy = commandButton({
      text: t('Reprint'),
      label: t('Reprint {number}', { number: ticket.number }),
      request: () => [`/api/tickets/${ticket.id}/reprint`, { reason: t('Paper did not come out') }],
      done: () => t('The copy is on its way to the printer.'),
    });
    this.#result.replaceChildren(
      el(
        'div',
        { class: 'issued' },
        el('p', { class: 'big-number number', text: ticket.number }),
        el(
          'div',
          {},
          el('p', { class: 'strong', text: pick(service?.name) }),
          el('p', { text: t('People ahead: {count}', { count: ticket.people_ahead }) }),
          el('p', { class: 'soft', text: t('Ticket code: {code}', { code: ticket.trace }) }),
        ),
        copy,
      ),
    );
  }

  render(state) {
    this.#state = state;
    setOptions(this.#service.input, [['', t('Choose')], ...serviceOptions(state.services)]);
  }
}
