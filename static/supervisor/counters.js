/** Counters: which services each takes, where it is, who runs it, when it closes. */

import { formatTime } from '../js/clock.js';
import { el, renderList, setAttribute } from '../js/component.js';
import { pick, t } from '../js/i18n.js';
import { InputError, commandButton, commandForm, neededText, wholeNumber } from './command.js';
import { adopt, changed, checkField, follow, numberField, selectField, setOptions, textField, timeField } from './fields.js';
import { Table } from './table.js';
import { counterList } from './tickets.js';
import { typedMoment } from './times.js';
import { counterName, stateWord } from './words.js';

export class CountersSection {
  static id = 'counters';
  static title = () => t('Counters');
  static count(state) {
    const counters = counterList(state);
    const open = counters.filter((counter) => counter.state === 'open').length;
    return { number: t('{open}/{all}', { open, all: counters.length }), said: t('{open} of {all} open', { open, all: counters.length }) };
  }

  #state = null;
  #table = this.#makeTable();
  #grid = new ServiceGrid();
  #add = addForm();
  root = el(
    'div', {},
    this.#table.root,
    el('section', {}, el('h2', { text: t('Who serves what') }),
      el('p', { class: 'hint', text: t('A change counts at once for the next call. Letters are the services\' letters.') }),
      this.#grid.root),
    el('details', { class: 'fold' }, el('summary', { text: t('Add a counter') }), this.#add.root),
  );

  #makeTable() {
    return new Table({
      caption: t('Counters'),
      key: (counter) => counter.number,
      empty: t('There is no counter yet.'),
      rowClass: (counter) => (counter.state === 'open' ? '' : 'quiet'),
      columns: [
        { label: t('Counter'), class: 'strong nowrap', text: ({ number }) => counterName(number) },
        { label: t('State'), text: ({ state }) => (state === 'open' ? t('open') : t('closed')) },
        { label: t('Staff'), text: ({ staff }) => staff ?? '–' },
        { label: t('Ticket'), text: ({ ticket }) => (ticket ? t('{number}, {state}', { number: ticket.number, state: stateWord(ticket.state) }) : '–') },
        { label: t('Planned closing'), class: 'nowrap', text: ({ closes_at: at }) => formatTime(at) || '–' },
        { label: t('Actions'), class: 'act', build: (cell, counter, table) => this.#buildAct(cell, counter, table), update: showAct },
      ],
    });
  }

  #buildAct(cell, counter, table) {
    const url = (path) => `/api/counters/${counter().number}/${path}`;
    const leave = () => table.close(counter().number);
    const panel = (name, text, build) => el('button', { type: 'button', class: 'button', text, on: { click: (event) => table.toggle(counter().number, name, build, event.currentTarget) } });
    const planClosing = () => {
      const at = timeField({ label: t('Closes at'), value: formatTime(counter().closes_at), hint: t('An hour such as 10:30. Leave empty if it stays open.') });
      return commandForm({
        title: t('Planned closing of {counter}', { counter: counterName(counter().number) }),
        fields: [at],
        submit: t('Save'),
        cancel: leave,
        done: leave,
        keep: true,
        request: () => [url('plan-closing'), { closes_at: typedMoment(at) }],
      });
    };
    const handOver = () => {
      const to = selectField({ label: t('New staff'), options: [] });
      setOptions(to.input, [['', t('Choose')], ...this.#state.staff.filter((label) => label !== counter().staff).map((label) => [label, label])]);
      return commandForm({
        title: t('Hand over {counter}', { counter: counterName(counter().number) }),
        fields: [el('p', { class: 'field-wide', text: t('The ticket in hand stays at the counter.') }), to],
        submit: t('Hand over'),
        cancel: leave,
        done: leave,
        request: () => [url('hand-over'), { to: neededText(to, t('Choose somebody.')) }],
      });
    };
    cell.append(el(
      'div', { class: 'acts' },
      commandButton({ text: t('Open'), label: t('Open {counter}', { counter: counterName(counter().number) }), request: () => [url('open'), {}] }),
      panel('plan', t('Plan closing'), planClosing),
      panel('hand-over', t('Hand over'), handOver),
      commandButton({ text: t('Close'), label: t('Close {counter}', { counter: counterName(counter().number) }), request: () => [url('close'), {}] }),
    ));
  }

  render(state) {
    this.#state = state;
    this.#table.render(counterList(state));
    this.#grid.render(state);
    this.#add.render(state);
  }
}

function showAct(cell, { state }) {
  const [open, plan, handOver, close] = cell.firstElementChild.children;
  open.hidden = state === 'open';
  for (const button of [plan, handOver, close]) button.hidden = state !== 'open';
}

/** One row a counter, one box a service; a changed row shows its button to save. */
class ServiceGrid {
  #services = [];
  #head = el('tr');
  #body = el('tbody');
  root = el('div', { class: 'table' }, el('table', { class: 'grid' }, el('caption', { class: 'visually-hidden', text: t('Who serves what') }), el('thead', {}, this.#head), this.#body));

  render(state) {
    const codes = state.services.map((service) => service.code).join();
    if (codes !== this.#services.map((service) => service.code).join()) {
      this.#services = state.services;
      this.#build();
    }
    renderList(this.#body, counterList(state), (counter) => `${counter.number} ${codes}`, (counter) => this.#row(counter), (row, counter) => row.show(counter));
  }

  #build() {
    this.#head.replaceChildren(
      el('th', { scope: 'col', text: t('Counter') }),
      ...this.#services.map((service) => el('th', { scope: 'col', class: 'box' }, el('span', { class: 'number', text: service.letter }), el('span', { class: 'soft name', text: pick(service.name) }))),
      el('th', { scope: 'col', text: t('Zone') }),
      el('th', { scope: 'col' }, el('span', { class: 'visually-hidden', text: t('Save') })),
    );
  }

  #row(counter) {
    const { number } = counter;
    const boxes = this.#services.map((service) => {
      const box = checkField({ label: t('{counter} serves {service}', { counter: counterName(number), service: pick(service.name) }), quiet: true });
      box.code = service.code;
      return box;
    });
    const zone = textField({ label: t('Zone of {counter}', { counter: counterName(number) }), size: 12, quiet: true });
    const inputs = [...boxes.map((box) => box.input), zone.input];
    const save = commandButton({
      text: t('Save'),
      label: t('Save {counter}', { counter: counterName(number) }),
      primary: true,
      request: () => ['/api/counters', { number, services: boxes.filter((box) => box.input.checked).map((box) => box.code), zone: zone.input.value.trim() || null }],
      done: () => adopt(zone.input, zone.input.value.trim()),
    });
    const showSave = () => {
      save.button.hidden = !inputs.some(changed);
    };
    const row = el(
      'tr', {},
      el('th', { scope: 'row', class: 'nowrap', text: counterName(number) }),
      ...boxes.map((box, index) => el('td', { class: 'box', dataset: { label: pick(this.#services[index].name) } }, box)),
      el('td', { dataset: { label: t('Zone') } }, zone),
      el('td', { class: 'save' }, save),
    );
    row.addEventListener('input', showSave);
    row.show = (newest) => {
      for (const box of boxes) follow(box.input, newest.services?.includes(box.code));
      follow(zone.input, newest.zone);
      showSave();
    };
    return row;
  }
}

function addForm() {
  const number = numberField({ label: t('Number of the counter'), min: 1, max: 99 });
  const zone = textField({ label: t('Zone'), size: 16, hint: t('Where it is, such as "Lantai 2". May be empty.') });
  const services = el('div', { class: 'checks' });
  const all = el('fieldset', { class: 'field-wide' }, el('legend', { class: 'label', text: t('Services') }), services);
  const root = commandForm({
    fields: [number, zone, all],
    submit: t('Add the counter'),
    done: () => t('The counter was added.'),
    request() {
      const codes = [...services.querySelectorAll('input:checked')].map((input) => input.value);
      if (codes.length === 0) throw new InputError(t('Choose at least one service.'), services.querySelector('input'));
      return ['/api/counters', { number: wholeNumber(number, { min: 1, max: 99, needed: true }), services: codes, zone: zone.input.value.trim() || null }];
    },
  });
  const render = (state) => {
    renderList(services, state.services, (service) => service.code, (service) => {
      const box = checkField({ label: pick(service.name), checked: true });
      box.input.value = service.code;
      return box;
    });
    setAttribute(number.input, 'placeholder', String(counterList(state).reduce((most, counter) => Math.max(most, counter.number), 0) + 1));
  };
  return { root, render };
}
