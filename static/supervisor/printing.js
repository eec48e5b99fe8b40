/** Printers, and what became of the tickets that were to be printed. */

import { el, renderList, setText } from '../js/component.js';
import { t } from '../js/i18n.js';
import { commandForm, neededText } from './command.js';
import { checkField, selectField, textField } from './fields.js';
import { Table, firstInput } from './table.js';
import { jobStateWord, printerKindWord, printerKinds } from './words.js';

const BAD = ['failed', 'unconfirmed'];
const ORDER = ['queued', 'claimed', 'sending', 'printed', 'sent', 'unconfirmed', 'failed', 'expired', 'cancelled', 'superseded'];

export class PrintingSection {
  static id = 'printing';
  static title = () => t('Printing');
  static count(state) {
    const bad = BAD.reduce((sum, name) => sum + (state.print_jobs?.[name] ?? 0), 0);
    return bad ? { number: bad, said: t('{count} not printed or not confirmed', { count: bad }), alert: true } : null;
  }

  #jobs = el('dl', { class: 'figures' });
  #add = el('div', {});
  #table = new Table({
    caption: t('Printers'),
    key: (printer) => printer.id,
    empty: t('There is no printer yet. Numbers are shown on the screen all the same.'),
    rowClass: (printer) => (printer.active ? '' : 'quiet'),
    columns: [
      { label: t('Name'), class: 'strong', text: ({ name }) => name },
      { label: t('Kind'), text: ({ kind }) => printerKindWord(kind) },
      { label: t('Address'), text: ({ address }) => address || '–' },
      { label: t('Paper'), class: 'nowrap', text: ({ width_mm: mm }) => t('{mm} mm', { mm }) },
      { label: t('State'), text: ({ active }) => (active ? t('in use') : t('switched off')) },
      { label: t('Actions'), class: 'act', build: (cell, printer, table) => {
        const leave = () => table.close(printer().id);
        const edit = (event) => table.toggle(printer().id, 'edit', () => printerForm({ printer: printer(), done: leave, cancel: leave }), event.currentTarget);
        cell.append(el('button', { type: 'button', class: 'button', text: t('Edit'), on: { click: edit } }));
      } },
    ],
  });
  root = el(
    'div', {},
    el('section', {}, el('h2', { text: t('Print jobs today') }), this.#jobs,
      el('p', { class: 'hint', text: t('"Not confirmed" means that nobody knows whether the paper came out: look for it, or reprint from the queue. A number is valid without paper.') }),
      el('p', {}, el('a', { href: '/preview', text: t('Pictures of the newest tickets') }))),
    el('section', {}, el('h2', { text: t('Printers') }), this.#table.root,
      el('div', { class: 'buttons after' }, el('button', { type: 'button', class: 'button', text: t('Add a printer'), on: { click: () => this.#openAdd() } })), this.#add,
      el('p', { class: 'hint', text: t('Which kiosk uses which printer is set under "Devices".') })),
  );

  #openAdd() {
    const leave = () => this.#add.replaceChildren();
    this.#add.replaceChildren(el('div', { class: 'panel' }, printerForm({ done: leave, cancel: leave })));
    firstInput(this.#add)?.focus();
  }

  render(state) {
    const jobs = state.print_jobs ?? {};
    const names = Object.keys(jobs).sort((one, other) => ORDER.indexOf(one) - ORDER.indexOf(other));
    renderList(this.#jobs, names, (name) => name, (name) => el('div', {}, el('dt', { text: jobStateWord(name) }), el('dd', { class: 'number' })), (box, name) => {
      setText(box.lastElementChild, jobs[name]);
      box.classList.toggle('bad', BAD.includes(name) && jobs[name] > 0);
    });
    this.#table.render(state.printers ?? []);
  }
}

function printerForm({ printer, done, cancel }) {
  const name = textField({ label: t('Name'), value: printer?.name, size: 24, attributes: { maxlength: 40 } });
  const kind = selectField({ label: t('Kind'), options: printerKinds(), value: printer?.kind ?? 'network' });
  const address = textField({ label: t('Address'), value: printer?.address, size: 26, hint: ' ' });
  const hint = address.querySelector('.hint');
  const width = selectField({ label: t('Paper width'), options: [['58', t('{mm} mm', { mm: 58 })], ['80', t('{mm} mm', { mm: 80 })]], value: printer?.width_mm ?? 80 });
  const profile = textField({ label: t('Profile'), value: printer?.profile, size: 16, hint: t('The model as the printing library names it; empty fits most.') });
  const status = selectField({ label: t('Tells its state'), value: printer?.status || 'dle_eot', options: [['dle_eot', t('yes, asked before each ticket')], ['none', t('no, many small printers')]] });
  const cutter = checkField({ label: t('Cuts the paper'), checked: printer ? Boolean(printer.cutter) : true });
  const active = checkField({ label: t('In use'), checked: printer ? Boolean(printer.active) : true });
  const showKind = () => {
    for (const box of [address, profile, status, cutter]) box.hidden = kind.input.value === 'preview';
    setText(hint, addressHint(kind.input.value));
  };
  kind.input.addEventListener('change', showKind);
  showKind();
  return commandForm({
    title: printer ? t('Edit {name}', { name: printer.name }) : t('Add a printer'),
    fields: [name, kind, address, width, profile, status, cutter, active],
    submit: printer ? t('Save') : t('Add'),
    cancel,
    done,
    keep: true,
    request: () => ['/api/printers', {
      ...(printer ? { printer: printer.id } : {}),
      name: neededText(name, t('Enter a name.')),
      kind: kind.input.value,
      address: kind.input.value === 'preview' ? '' : neededText(address, t('Enter the address.')),
      width_mm: Number(width.input.value),
      profile: profile.input.value.trim(),
      status: status.input.value,
      cutter: cutter.input.checked,
      active: active.input.checked,
    }],
  });
}

function addressHint(kind) {
  return {
    network: t('IP address and port, such as 192.168.1.50:9100'),
    usb: t('Vendor and product, such as 04b8:0e15'),
    serial: t('Port and speed, such as /dev/ttyUSB0:9600'),
    file: t('Such as /dev/usb/lp0'),
  }[kind] ?? '';
}
