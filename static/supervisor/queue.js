/** Every ticket of the day that can still be acted on, and why it stands where it stands. */

import { clock, formatTime } from '../js/clock.js';
import { el, renderList, setAttribute, setText } from '../js/component.js';
import { pick, t } from '../js/i18n.js';
import { Bulk } from './bulk.js';
import { textField } from './fields.js';
import { IssueForm } from './issue.js';
import { fold, panelButton, showLines, twoLines } from './parts.js';
import { Table } from './table.js';
import { TicketPanel } from './ticket_panel.js';
import * as tickets from './tickets.js';
import { lengthText } from './times.js';
import { whyLines } from './why.js';
import { stateWord } from './words.js';

const views = () => [
  ['open', t('All open'), tickets.openRows],
  ['waiting', t('Waiting'), tickets.waitingRows],
  ['hand', t('In hand'), tickets.inHandRows],
  ['parked', t('Parked'), tickets.parkedRows],
  ['absent', t('Absent'), tickets.absentRows],
  ['suspended', t('Suspended'), tickets.suspendedRows],
  ['ended', t('Ended'), tickets.recentRows],
];

export class QueueSection {
  static id = 'queue';
  static title = () => t('Queue');
  static count(state) {
    const waiting = tickets.waitingRows(state).length;
    return waiting ? { number: waiting, said: t('{count} waiting', { count: waiting }) } : null;
  }

  #state = null;
  #view = 'open';
  #views = views();
  #tabs = el('ul', { class: 'tabs' });
  #find = textField({
    label: t('Find a number'),
    size: 10,
    attributes: { type: 'search', placeholder: 'A-012' },
  });
  #bulk = new Bulk(() => this.#state.services);
  #issue = new IssueForm();
  #table = new Table({
    caption: t('Tickets'),
    key: (row) => row.id,
    empty: t('No number in this list.'),
    columns: [
      this.#bulk.column(),
      { label: t('Number'), class: 'number', text: (row) => row.number },
      { label: t('Service'), text: (row) => row.name },
      { label: t('State'), class: 'nowrap', text: stateText },
      { label: t('Voter'), class: 'soft', text: ({ voter }) => (voter ? t('voter') : '') },
      { label: t('Since'), class: 'nowrap', text: sinceText },
      {
        label: t('Why it stands there'),
        class: 'why',
        build: twoLines,
        update: (cell, row) => showLines(cell, ...whyLines(row)),
      },
      {
        label: t('Actions'),
        class: 'act',
        build: (cell, row, table) => cell.append(this.#manageButton(row, table)),
        update: (cell, row) => this.#showOpen(cell.firstElementChild, row.id),
      },
    ],
  });
  root = el(
    'div',
    {},
    fold(t('Take a number for somebody'), this.#issue.root),
    el('div', { class: 'toolbar' }, el('nav', { 'aria-label': t('Which tickets') }, this.#tabs), this.#find),
    this.#bulk.root,
    this.#table.root,
  );

  constructor() {
    this.#find.input.addEventListener('input', () => this.#show());
  }

  #manageButton(row, table) {
    const { id, number } = row();
    const state = () => this.#state;
    const build = () => new TicketPanel(row(), state, () => table.close(id)).root;
    const label = t('Manage {number}', { number });
    return panelButton(table, id, 'manage', t('Manage'), build, { label });
  }

  #showOpen(button, id) {
    setAttribute(button, 'aria-expanded', String(this.#table.openPanel(id) !== null));
  }

  render(state) {
    this.#state = state;
    this.#issue.render(state);
    this.#bulk.render(tickets.openRows(state));
    this.#show();
  }

  #show() {
    const state = this.#state;
    if (!state) return;
    renderList(
      this.#tabs,
      this.#views,
      ([name]) => name,
      ([name, text]) => this.#tab(name, text),
      (tab, [name, , rows]) => {
        setAttribute(tab.firstElementChild, 'aria-current', String(name === this.#view));
        setText(tab.querySelector('.count'), rows(state).length);
      },
    );
    const services = tickets.servicesByCode(state);
    const now = clock.now();
    const rows = this.#rows(state).map((row) => ({
      ...row,
      now,
      name: pick(services[row.service]?.name),
      counters: tickets.servingCounters(state, row.service),
    }));
    this.#table.render(rows);
  }

  #tab(name, text) {
    const count = el('span', { class: 'count' });
    return el(
      'li',
      {},
      el('button', { type: 'button', on: { click: () => this.#choose(name) } }, text, ' ', count),
    );
  }

  /** Those of the view; while a number is looked for, all that fit it. */
  #rows(state) {
    const wanted = this.#find.input.value.toUpperCase().replace(/[\s-]/g, '');
    if (wanted) return tickets.allRows(state).filter((row) => row.number.replace('-', '').includes(wanted));
    const [, , rowsOf] = this.#views.find(([name]) => name === this.#view);
    return rowsOf(state);
  }

  #choose(view) {
    this.#view = view;
    this.#find.input.value = '';
    this.#show();
  }
}

function stateText({ state, counter }) {
  if (!counter) return stateWord(state);
  return t('{state}, Counter {number}', { state: stateWord(state), number: counter });
}

function sinceText({ at, now }) {
  if (!at) return '';
  return t('{time} ({length})', { time: formatTime(at), length: lengthText(now - at) });
}
