/** Tickets of which nobody knows whether they are on paper: somebody looks, and says so. */

import { el } from '../js/component.js';
import { t } from '../js/i18n.js';
import { commandButton } from './command.js';
import { hint, showLines, titled, twoLines } from './parts.js';
import { jobErrorText, jobName } from './print_words.js';
import { Table } from './table.js';
import { agoText } from './times.js';
import { jobStateWord } from './words.js';

export class Unsettled {
  #table = new Table({
    caption: t('Did it come out?'),
    key: (job) => job.id,
    columns: [
      { label: t('Ticket'), class: 'number strong', text: jobName },
      { label: t('Printer'), text: ({ printerName }) => printerName },
      { label: t('What is known'), build: twoLines, update: showKnown },
      { label: t('When'), class: 'nowrap', text: ({ at, now }) => agoText(at, now) },
      { label: t('Did it come out?'), class: 'act', build: (cell, job) => cell.append(choice(job())) },
    ],
  });
  root = titled(
    t('Did it come out?'),
    hint(t('Look at the printer and ask the person. The number is valid in any case.')),
    this.#table.root,
  );

  render({ unsettled = [], printers = [] }, now) {
    const names = Object.fromEntries(printers.map(({ id, name }) => [id, name]));
    this.#table.render(unsettled.map((job) => ({ ...job, now, printerName: names[job.printer] ?? '–' })));
    this.root.hidden = unsettled.length === 0;
  }
}

function showKnown(cell, { state, error }) {
  showLines(cell, jobStateWord(state), jobErrorText(error));
}

function choice(job) {
  const button = (text, came_out, label) =>
    commandButton({ text, label, request: () => [`/api/print-jobs/${job.id}/settle`, { came_out }] });
  const number = jobName(job);
  return el(
    'div',
    { class: 'acts' },
    button(t('Yes'), true, t('{number} came out', { number })),
    button(t('No: print a copy'), false, t('{number} did not come out: print a copy', { number })),
  );
}
