/** Printers, and what became of the tickets that were to be printed. */

import { el, renderList, setText } from '../js/component.js';
import { t } from '../js/i18n.js';
import { AddPanel, hint, panelButton, titled } from './parts.js';
import { printerForm } from './printer_form.js';
import { Table } from './table.js';
import { jobStateWord, printerKindWord } from './words.js';

const BAD = ['failed', 'unconfirmed'];
const ORDER = ['queued', 'claimed', 'sending', 'printed', 'sent', 'unconfirmed', 'failed', 'expired'];

export class PrintingSection {
  static id = 'printing';
  static title = () => t('Printing');
  static count(state) {
    const count = BAD.reduce((sum, name) => sum + (state.print_jobs?.[name] ?? 0), 0);
    return count
      ? { number: count, said: t('{count} not printed or not confirmed', { count }), alert: true }
      : null;
  }

  #jobs = el('dl', { class: 'figures' });
  #noJobs = hint(t('Nothing was printed today.'));
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
      {
        label: t('Actions'),
        class: 'act',
        build: (cell, printer, table) => cell.append(editButton(printer, table)),
      },
    ],
  });
  root = el(
    'div',
    {},
    titled(
      t('Print jobs today'),
      this.#jobs,
      this.#noJobs,
      hint(
        t(
          '"Not confirmed" means that nobody knows whether the paper came out: look for it, or reprint from the queue. A number is valid without paper.',
        ),
      ),
      el('p', {}, el('a', { href: '/preview', text: t('Pictures of the newest tickets') })),
    ),
    titled(
      t('Printers'),
      this.#table.root,
      new AddPanel(t('Add a printer'), (leave) => printerForm({ done: leave, cancel: leave })).root,
      hint(t('Which kiosk uses which printer is set under "Devices".')),
    ),
  );

  render(state) {
    const jobs = state.print_jobs ?? {};
    const names = ORDER.filter((name) => name in jobs);
    renderList(
      this.#jobs,
      names,
      (name) => name,
      jobBox,
      (box, name) => {
        setText(box.lastElementChild, jobs[name]);
        box.classList.toggle('bad', BAD.includes(name) && jobs[name] > 0);
      },
    );
    this.#jobs.hidden = names.length === 0;
    this.#noJobs.hidden = names.length > 0;
    this.#table.render(state.printers ?? []);
  }
}

function jobBox(name) {
  return el('div', {}, el('dt', { text: jobStateWord(name) }), el('dd', { class: 'number' }));
}

function editButton(printer, table) {
  const { id } = printer();
  const leave = () => table.close(id);
  return panelButton(table, id, 'edit', t('Edit'), () =>
    printerForm({ printer: printer(), done: leave, cancel: leave }),
  );
}
