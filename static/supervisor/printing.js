/** Printers, and what became of the tickets that were to be printed. */

import { el, renderList, setText } from '../js/component.js';
import { t } from '../js/i18n.js';
import { AlarmHistory } from './alarm_history.js';
import { AddPanel, hint, panelButton, showLines, titled, twoLines } from './parts.js';
import { Health } from './print_health.js';
import { Unsettled } from './print_unsettled.js';
import { isPrinterReady, leftText, printerStateWord, rollsText } from './print_words.js';
import { printerForm } from './printer_form.js';
import { Table } from './table.js';
import { agoText, lengthText } from './times.js';
import { jobStateWord, printerKindWord } from './words.js';

const BAD = ['failed', 'unconfirmed'];
const ORDER = ['queued', 'claimed', 'sending', 'printed', 'sent', 'unconfirmed', 'failed', 'expired'];

export class PrintingSection {
  static id = 'printing';
  static title = () => t('Printing');
  static count(state) {
    const count = state.unsettled?.length ?? 0;
    return count ? { number: count, said: t('{count} to be settled', { count }), alert: true } : null;
  }

  #state = null;
  #unsettled = new Unsettled();
  #jobs = el('dl', { class: 'figures' });
  #noJobs = hint(t('Nothing was printed today.'));
  #notConfirmed = hint(
    t(
      '"Not confirmed" means that nobody knows whether the paper came out: look for it, or reprint from the queue. A number is valid without paper.',
    ),
  );
  #history = new AlarmHistory();
  #table = new Table({
    caption: t('Printers'),
    key: (printer) => printer.id,
    empty: t('There is no printer yet. Numbers are shown on the screen all the same.'),
    rowClass: (printer) => (printer.active ? '' : 'quiet'),
    columns: [
      { label: t('Name'), class: 'strong', text: ({ name }) => name },
      { label: t('Kind'), build: twoLines, update: showKind },
      { label: t('State'), build: twoLines, update: showState },
      { label: t('Paper'), build: twoLines, update: showPaper },
      { label: t('Waiting'), build: twoLines, update: showQueue },
      {
        label: t('Actions'),
        class: 'act',
        build: (cell, printer, table) => cell.append(this.#actions(printer, table)),
      },
    ],
  });
  root = el(
    'div',
    {},
    this.#unsettled.root,
    titled(
      t('Printers'),
      this.#table.root,
      new AddPanel(t('Add a printer'), (leave) =>
        printerForm({ agents: agentsOf(this.#state), done: leave, cancel: leave }),
      ).root,
      hint(t('Which kiosk uses which printer is set under "Devices".')),
    ),
    titled(
      t('Print jobs today'),
      this.#jobs,
      this.#noJobs,
      this.#notConfirmed,
      el('p', { class: 'after' }, el('a', { href: '/preview', text: t('Pictures of the newest tickets') })),
    ),
    this.#history.root,
  );

  #actions(printer, table) {
    const { id } = printer();
    const leave = () => table.close(id);
    const edit = () =>
      printerForm({ printer: printer(), agents: agentsOf(this.#state), done: leave, cancel: leave });
    return el(
      'div',
      { class: 'acts' },
      panelButton(table, id, 'health', t('Look closely'), () => new Health(id).root),
      panelButton(table, id, 'edit', t('Edit'), edit),
    );
  }

  render(state, now) {
    this.#state = state;
    this.#unsettled.render(state, now);
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
    this.#notConfirmed.hidden = !jobs.unconfirmed;
    this.#table.render((state.printers ?? []).map((printer) => ({ ...printer, now, state_of: state })));
  }

  tick(now) {
    if (this.#state) this.render(this.#state, now);
  }
}

const agentsOf = (state) =>
  (state?.devices ?? []).filter(({ kind, paired, revoked }) => kind === 'agent' && paired && !revoked);

function showKind(cell, { kind, address, agent, state_of: { devices = [] } }) {
  const beside = devices.find(({ id }) => id === agent)?.name;
  const where = beside ? t('{address} beside {agent}', { address, agent: beside }) : address;
  showLines(cell, printerKindWord(kind), where);
}

function showState(cell, { active, kind, state, since, now }) {
  const real = active && kind !== 'preview';
  cell.classList.toggle('bad', Boolean(real && !isPrinterReady(state)));
  if (!active) showLines(cell, t('switched off'), '');
  else showLines(cell, printerStateWord(state), real ? agoText(since, now) : '');
}

function showPaper(cell, { kind, state, width_mm: mm, roll }) {
  if (kind === 'preview') showLines(cell, t('{mm} mm', { mm }), '');
  else if (state === 'out') showLines(cell, t('{mm} mm', { mm }), rollsText(roll)); // whatever was reckoned
  else showLines(cell, t('{mm} mm, {left}', { mm, left: leftText(roll) }), rollsText(roll));
}

function showQueue(cell, { queue, now }) {
  if (!queue?.waiting) showLines(cell, '–', '');
  else showLines(cell, queue.waiting, t('for {length}', { length: lengthText(now - queue.oldest) }));
}

function jobBox(name) {
  return el('div', {}, el('dt', { text: jobStateWord(name) }), el('dd', { class: 'number' }));
}
