/** Counters: which services each takes, where it is, who runs it, when it closes. */

import { formatTime } from '../js/clock.js';
import { el } from '../js/component.js';
import { t } from '../js/i18n.js';
import { commandButton } from './command.js';
import { CounterForm, handOverForm, planClosingForm } from './counter_forms.js';
import { fold, hint, panelButton, titled } from './parts.js';
import { ServiceGrid } from './service_grid.js';
import { Table } from './table.js';
import { counterList } from './tickets.js';
import { counterName, stateWord } from './words.js';

export class CountersSection {
  static id = 'counters';
  static title = () => t('Counters');
  static count(state) {
    const counters = counterList(state);
    const open = counters.filter((counter) => counter.state === 'open').length;
    const facts = { open, all: counters.length };
    return { number: t('{open}/{all}', facts), said: t('{open} of {all} open', facts) };
  }

  #state = null;
  #table = new Table({
    caption: t('Counters'),
    key: (counter) => counter.number,
    empty: t('There is no counter yet.'),
    rowClass: (counter) => (counter.state === 'open' ? '' : 'quiet'),
    columns: [
      { label: t('Counter'), class: 'strong nowrap', text: ({ number }) => counterName(number) },
      { label: t('State'), text: ({ state }) => (state === 'open' ? t('open') : t('closed')) },
      { label: t('Staff'), text: ({ staff }) => staff ?? '–' },
      { label: t('Ticket'), text: ticketText },
      { label: t('Planned closing'), class: 'nowrap', text: ({ closes_at: at }) => formatTime(at) || '–' },
      {
        label: t('Actions'),
        class: 'act',
        build: (cell, counter, table) => cell.append(this.#actions(counter, table)),
        update: showActions,
      },
    ],
  });
  #grid = new ServiceGrid();
  #add = new CounterForm();
  root = el(
    'div',
    {},
    this.#table.root,
    titled(
      t('Who serves what'),
      hint(t("A change counts at once for the next call. Letters are the services' letters.")),
      this.#grid.root,
    ),
    fold(t('Add a counter'), this.#add.root),
  );

  #actions(counter, table) {
    const { number } = counter();
    const name = counterName(number);
    const leave = () => table.close(number);
    const send = (text, label, path) =>
      commandButton({ text, label, request: () => [`/api/counters/${number}/${path}`, {}] });
    const plan = () => planClosingForm(counter(), leave);
    const handOver = () => handOverForm(counter(), this.#state.staff, leave);
    return el(
      'div',
      { class: 'acts' },
      send(t('Open'), t('Open {counter}', { counter: name }), 'open'),
      send(t('Remove'), t('Remove {name}', { name }), 'remove'),
      panelButton(table, number, 'plan', t('Plan closing'), plan),
      panelButton(table, number, 'hand-over', t('Hand over'), handOver),
      send(t('Take over'), t('Take over {counter}', { counter: name }), 'take-over'),
      send(t('Close'), t('Close {counter}', { counter: name }), 'close'),
    );
  }

  render(state) {
    this.#state = state;
    this.#table.render(counterList(state));
    this.#grid.render(state);
    this.#add.render(state);
  }
}

function ticketText({ ticket }) {
  return ticket ? t('{number}, {state}', { number: ticket.number, state: stateWord(ticket.state) }) : '–';
}

/** A closed counter can be opened or removed; all the rest is for an open one. */
function showActions(cell, { state }) {
  const [open, remove, ...others] = cell.firstElementChild.children;
  for (const button of [open, remove]) button.hidden = state === 'open';
  for (const button of others) button.hidden = state !== 'open';
}
