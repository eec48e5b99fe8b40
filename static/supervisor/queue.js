/** Every ticket of the day that can still be acted on, and why it stands where it stands. */

import { clock, formatTime } from '../js/clock.js';
import { el, renderList, setAttribute, setText } from '../js/component.js';
import { pick, t } from '../js/i18n.js';
import { textField } from './fields.js';
import { IssueForm } from './issue.js';
import { reclassifyForm } from './reclassify.js';
import { Table, firstInput } from './table.js';
import { TicketPanel } from './ticket_panel.js';
import {
  absentRows, allRows, inHandRows, openRows, parkedRows, recentRows, servicesByCode, servingCounters, suspendedRows, waitingRows,
} from './tickets.js';
import { agoText, lengthText } from './times.js';
import { causeWord, counterName, counterNames, outcomeWord, stateWord, whyText } from './words.js';

const CHANGEABLE = ['waiting', 'called'];

const views = () => [
  ['open', t('All open'), openRows],
  ['waiting', t('Waiting'), waitingRows],
  ['hand', t('In hand'), inHandRows],
  ['parked', t('Parked'), parkedRows],
  ['absent', t('Absent'), absentRows],
  ['suspended', t('Suspended'), suspendedRows],
  ['recent', t('Ended'), recentRows],
];

export class QueueSection {
  static id = 'queue';
  static title = () => t('Queue');
  static count(state) {
    const waiting = waitingRows(state).length;
    return waiting ? { number: waiting, said: t('{count} waiting', { count: waiting }) } : null;
  }

  #state = null;
  #view = 'open';
  #chosen = new Set();
  #views = views();
  #tabs = el('ul', { class: 'tabs' });
  #find = textField({ label: t('Find a number'), size: 10, attributes: { type: 'search', placeholder: 'A-012' } });
  #bulk = el('div', { class: 'bulk', hidden: true });
  #bulkText = el('p', { class: 'strong', 'aria-live': 'polite' });
  #bulkBody = el('div', {});
  #issue = new IssueForm();
  #table = this.#makeTable();
  root = el(
    'div', {},
    el('details', { class: 'fold' }, el('summary', { text: t('Take a number for somebody') }), this.#issue.root),
    el('div', { class: 'toolbar' }, el('nav', { 'aria-label': t('Which tickets') }, this.#tabs), this.#find),
    this.#bulk,
    this.#table.root,
  );

  constructor() {
    this.#find.input.addEventListener('input', () => this.#show());
    this.#bulk.append(
      el('div', { class: 'bulk-line' }, this.#bulkText,
        el('button', { type: 'button', class: 'button', text: t('Reclassify together'), on: { click: () => this.#openBulk() } }),
        el('button', { type: 'button', class: 'button', text: t('Choose none'), on: { click: () => this.#chooseNone() } })),
      this.#bulkBody,
    );
  }

  #makeTable() {
    return new Table({
      caption: t('Tickets'),
      key: (row) => row.id,
      empty: t('There is no such ticket.'),
      columns: [
        { label: t('Choose'), class: 'choose', build: (cell, row) => this.#buildChoice(cell, row), update: (cell, row) => this.#updateChoice(cell, row) },
        { label: t('Number'), class: 'number', text: (row) => row.number },
        { label: t('Service'), text: ({ service, services }) => pick(services[service]?.name) },
        { label: t('State'), class: 'nowrap', text: (row) => (row.counter ? t('{state}, Counter {number}', { state: stateWord(row.state), number: row.counter }) : stateWord(row.state)) },
        { label: t('Voter'), class: 'soft', text: ({ voter }) => (voter ? t('voter') : '') },
        { label: t('Since'), class: 'nowrap', text: ({ at, now, state }) => (at ? t('{time} ({length})', { time: formatTime(at), length: state === 'waiting' ? lengthText(now - at) : agoText(at, now) }) : '') },
        { label: t('Why it stands there'), class: 'why', build: (cell) => cell.append(el('span'), el('span', { class: 'soft' })), update: showWhy },
        { label: t('Actions'), class: 'act', build: (cell, row, table) => this.#buildAct(cell, row, table), update: (cell, row) => setAttribute(cell.firstElementChild, 'aria-expanded', String(this.#table.openPanel(row.id) !== null)) },
      ],
    });
  }

  #buildChoice(cell, row) {
    const box = el('input', { type: 'checkbox', 'aria-label': t('Choose {number}', { number: row().number }) });
    box.addEventListener('change', () => {
      if (box.checked) this.#chosen.add(row().id);
      else this.#chosen.delete(row().id);
      this.#showBulk();
    });
    cell.append(box);
  }

  #updateChoice(cell, row) {
    const box = cell.firstElementChild;
    box.hidden = !CHANGEABLE.includes(row.state);
    box.checked = this.#chosen.has(row.id);
  }

  #buildAct(cell, row, table) {
    const open = () => table.toggle(row().id, 'act', () => new TicketPanel(row(), () => this.#state, () => table.close(row().id)).root, button);
    const button = el('button', { type: 'button', class: 'button', text: t('Manage'), 'aria-label': t('Manage {number}', { number: row().number }), on: { click: open } });
    cell.append(button);
  }

  render(state) {
    this.#state = state;
    this.#issue.render(state);
    this.#show();
  }

  #show() {
    if (!this.#state) return;
    const state = this.#state;
    renderList(this.#tabs, this.#views, ([name]) => name, ([name, text]) => el('li', {}, el(
      'button', { type: 'button', on: { click: () => this.#choose(name) } }, text, ' ', el('span', { class: 'count' }))), (tab, [name, , rows]) => {
      setAttribute(tab.firstElementChild, 'aria-current', String(name === this.#view));
      setText(tab.querySelector('.count'), rows(state).length);
    });
    const services = servicesByCode(state);
    const wanted = this.#find.input.value.trim().toUpperCase();
    const [, , rowsOf] = this.#views.find(([name]) => name === this.#view);
    const rows = wanted ? allRows(state).filter(({ number }) => number.includes(wanted) || number.replace('-', '').includes(wanted)) : rowsOf(state);
    const now = clock.now();
    this.#table.render(rows.map((row) => ({ ...row, services, now, counters: servingCounters(state, row.service) })));
    this.#keepChosen(state);
  }

  #choose(view) {
    this.#view = view;
    this.#find.input.value = '';
    this.#show();
  }

  #keepChosen(state) {
    const possible = new Set(openRows(state).filter((row) => CHANGEABLE.includes(row.state)).map((row) => row.id));
    for (const id of this.#chosen) if (!possible.has(id)) this.#chosen.delete(id);
    this.#showBulk();
  }

  #showBulk() {
    this.#bulk.hidden = this.#chosen.size === 0 && !this.#bulkBody.hasChildNodes();
    setText(this.#bulkText, t('Chosen: {count}', { count: this.#chosen.size }));
  }

  #openBulk() {
    this.#bulkBody.replaceChildren(reclassifyForm({
      title: t('Reclassify the chosen tickets'),
      services: this.#state.services,
      target: () => ['/api/tickets/reclassify', { tickets: [...this.#chosen] }],
      done: () => this.#chooseNone(),
      cancel: () => {
        this.#bulkBody.replaceChildren();
        this.#showBulk();
      },
    }));
    firstInput(this.#bulkBody)?.focus();
  }

  #chooseNone() {
    this.#chosen.clear();
    this.#bulkBody.replaceChildren();
    this.#show();
  }
}


/** Two lines: the reason, and what goes with it. */
function showWhy(cell, row) {
  const [reason, more] = whyLines(row);
  setText(cell.firstElementChild, reason);
  setText(cell.lastElementChild, more);
}

function whyLines(row) {
  const { state, why } = row;
  if (state === 'waiting') {
    const counters = row.for_counter ? [row.for_counter] : row.counters;
    return [
      whyText(why, formatTime(why.at)),
      counters.length
        ? t('{count} ahead; {counters}', { count: row.ahead, counters: counterNames(counters) })
        : t('{count} ahead; no open counter serves it', { count: row.ahead }),
    ];
  }
  if (state === 'called') return [t('Calls made: {count}', { count: row.calls ?? 1 }), ''];
  if (state === 'parked') {
    const owner = /^(?:counter:)?(\d+)$/.exec(row.owner ?? '');
    return [
      row.due_back ? t('{cause}, expected back {time}', { cause: causeWord(row.cause), time: formatTime(row.due_back) }) : causeWord(row.cause),
      owner ? t('Comes back to {counter}', { counter: counterName(owner[1]) }) : t('Any counter of the service may take it'),
    ];
  }
  if (state === 'no_show') return [row.until ? t('May come back until {time}', { time: formatTime(row.until) }) : '', ''];
  if (state === 'suspended') return [causeWord(row.cause), t('Keeps its place')];
  return [row.outcome ? outcomeWord(row.outcome) : '', ''];
}
