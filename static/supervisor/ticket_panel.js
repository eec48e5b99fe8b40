/** What can be done with one ticket, opened under its row in the queue. */

import { el, renderList, setAttribute, setText } from '../js/component.js';
import { t } from '../js/i18n.js';
import { commandButton, commandForm, neededText } from './command.js';
import { selectField, setOptions, textField } from './fields.js';
import { reclassifyForm } from './reclassify.js';
import { firstInput } from './table.js';
import { counterList } from './tickets.js';
import { counterName } from './words.js';

/** State -> the actions that are possible in it. */
const ACTIONS = {
  waiting: ['call', 'reclassify', 'reprint', 'cancel'],
  called: ['reclassify', 'reprint', 'cancel'],
  serving: ['reprint', 'cancel'],
  parked: ['call', 'reprint', 'cancel'],
  no_show: ['return', 'call', 'reprint', 'cancel'],
  suspended: ['reclassify', 'reprint', 'cancel'],
  completed: ['reprint'],
  cancelled: ['restore', 'reprint'],
  expired: ['reopen', 'reprint'],
};

export class TicketPanel {
  #row;
  #state;
  #close;
  #chosen = null;
  #buttons = el('div', { class: 'buttons' });
  #body = el('div', {});
  #hint = el('p', {
    class: 'hint',
    text: t('It waits for its service to be restored under "Services".'),
    hidden: true,
  });
  root = el('div', { class: 'ticket-panel' }, this.#buttons, this.#hint, this.#body);

  /**
   * @param {object} row a row of tickets.js
   * @param {() => object} state the newest snapshot
   * @param {() => void} close
   */
  constructor(row, state, close) {
    this.#row = row;
    this.#state = state;
    this.#close = close;
    this.root.update = (newest) => this.#update(newest);
    this.#update(row);
  }

  #update(row) {
    this.#row = row;
    const names = ACTIONS[row.state] ?? [];
    this.#hint.hidden = row.state !== 'suspended';
    renderList(
      this.#buttons,
      names,
      (name) => name,
      (name) => this.#button(name),
      (button, name) => {
        if (button.matches('.button')) setAttribute(button, 'aria-expanded', String(name === this.#chosen));
      },
    );
    if (this.#chosen && !names.includes(this.#chosen)) this.#choose(null);
    this.#body.firstElementChild?.update?.();
  }

  #button(name) {
    const send = (text, path, done) =>
      commandButton({ text, request: () => [`/api/tickets/${this.#row.id}/${path}`, {}], done });
    if (name === 'return') return send(t('Is back: waits again'), 'return');
    if (name === 'restore') return send(t('Restore to its place'), 'restore');
    const texts = {
      call: t('Call for a counter'),
      reclassify: t('Reclassify'),
      reprint: t('Reprint'),
      cancel: t('Cancel the number'),
      reopen: t('Reopen'),
    };
    return el('button', {
      type: 'button',
      class: 'button',
      text: texts[name],
      on: { click: () => this.#choose(name) },
    });
  }

  #choose(name) {
    this.#chosen = name === this.#chosen ? null : name;
    this.#body.replaceChildren(...(this.#chosen ? [this.#form(this.#chosen)] : []));
    this.#update(this.#row);
    firstInput(this.#body)?.focus();
  }

  #form(name) {
    const leave = () => this.#choose(null);
    const { number } = this.#row;
    const url = (path) => `/api/tickets/${this.#row.id}/${path}`;
    if (name === 'call') return this.#callForm(leave);
    if (name === 'reclassify') {
      return reclassifyForm({
        title: t('Reclassify {number}', { number }),
        services: this.#state().services,
        target: () => [url('reclassify'), {}],
        done: () => this.#close(),
        cancel: leave,
      });
    }
    const forms = {
      cancel: [t('Cancel {number}?', { number }), t('Cancel the number'), cancelReasons()],
      reopen: [t('Reopen {number}?', { number }), t('Reopen'), reopenReasons()],
      reprint: [t('Print {number} again?', { number }), t('Print a marked copy'), reprintReasons()],
    };
    const [title, submit, suggestions] = forms[name];
    const reason = reasonField(suggestions);
    return commandForm({
      title,
      submit,
      fields: [reason],
      alert: name === 'cancel',
      cancel: leave,
      request: () => [url(name), { reason: neededText(reason, t('Enter a reason.')) }],
      done: () => (name === 'reprint' ? t('The copy is on its way to the printer.') : this.#close()),
    });
  }

  #callForm(leave) {
    const counter = selectField({ label: t('Counter'), options: [] });
    const passed = el('p', { class: 'hint' });
    const reason = reasonField(callReasons());
    const form = commandForm({
      title: t('Call {number} out of turn', { number: this.#row.number }),
      fields: [el('div', { class: 'field-wide' }, passed), counter, reason],
      submit: t('Call now'),
      alert: true,
      cancel: leave,
      request: () => [
        `/api/counters/${neededText(counter, t('Choose a counter.'))}/call`,
        { ticket: this.#row.id, reason: neededText(reason, t('Enter a reason.')) },
      ],
      done: () => this.#close(),
    });
    form.update = () => {
      const free = counterList(this.#state()).filter((one) => one.state === 'open' && !one.ticket);
      setOptions(counter.input, [
        ['', free.length ? t('Choose') : t('No counter is free')],
        ...free.map((one) => [String(one.number), counterName(one.number)]),
      ]);
      setText(passed, t('The journal keeps who was passed over and why.'));
    };
    form.update();
    return form;
  }
}

function reasonField(suggestions) {
  return textField({
    label: t('Reason'),
    size: 36,
    hint: t('Kept in the journal. No names, no NIK.'),
    suggestions,
  });
}

const cancelReasons = () => [t('Citizen left'), t('Number taken twice'), t('Wrong service chosen')];
const reopenReasons = () => [t('Closed too early'), t('Citizen is still here')];
const reprintReasons = () => [t('Paper did not come out'), t('Paper was lost'), t('Paper cannot be read')];
const callReasons = () => [
  t('Voter would be too late'),
  t('Returned with the missing document'),
  t('Mistake at the counter'),
  t('Needs help at once'),
];
