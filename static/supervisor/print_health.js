/** One printer, looked at closely: its last answer, its last jobs, its roll, and pages to try it. */

import { get } from '../js/api.js';
import { clock, formatTime } from '../js/clock.js';
import { el, renderList, setText } from '../js/component.js';
import { t } from '../js/i18n.js';
import { alarmText } from './alarm_words.js';
import { commandButton, Outcome } from './command.js';
import { jobErrorText, jobName, leftText, printerStateWord, rollsText, secondsText } from './print_words.js';
import { Table } from './table.js';
import { agoText } from './times.js';
import { jobStateWord } from './words.js';

/** Not more often than this, ms: a printer is looked at every five seconds. */
const PAUSE = 2500;
const BAD = ['failed', 'unconfirmed', 'expired'];

export class Health {
  #printer;
  #busy = false;
  #askedAt = -PAUSE;
  #facts = el('dl', { class: 'paper-facts' });
  #alarms = el('ul', { class: 'lines' });
  #noAlarms = el('p', { class: 'soft', text: t('No alarms.') });
  #outcome = new Outcome();
  #jobs = new Table({
    caption: t('Last jobs'),
    key: (job) => job.id,
    empty: t('Nothing was printed yet.'),
    columns: [
      { label: t('Ticket'), class: 'strong', text: jobName },
      { label: t('State'), update: showState },
      { label: t('Ordered'), class: 'nowrap', text: (job) => formatTime(job.created_at) },
      {
        label: t('Took'),
        class: 'figure',
        text: (job) => (job.ended_at ? secondsText(job.ended_at - job.created_at) : '–'),
      },
      { label: t('Tries'), class: 'figure', text: ({ attempts }) => attempts },
      { label: t('Bytes'), class: 'figure', text: ({ size }) => size ?? '–' },
      { label: t('Known'), class: 'soft', text: ({ error }) => jobErrorText(error) },
      { label: t('Again'), class: 'act', build: (cell, job) => cell.append(...copyButton(job())) },
    ],
  });
  root;

  /** @param {number} printer its id */
  constructor(printer) {
    this.#printer = printer;
    const send = (text, path, body, done) =>
      commandButton({ text, request: () => [`/api/printers/${printer}/${path}`, body], done: () => done });
    this.root = el(
      'div',
      { class: 'paper-health' },
      el(
        'div',
        { class: 'bulk-line' },
        send(t('Test page'), 'test', { kind: 'test' }, t('The page was ordered.')),
        send(t('Self-test page'), 'test', { kind: 'selftest' }, t('The page was ordered.')),
        send(t('A new roll is in'), 'roll', {}, t('The roll is counted from now on.')),
      ),
      this.#outcome.root,
      this.#facts,
      el('h3', { text: t('Last jobs') }),
      this.#jobs.root,
      el('h3', { text: t('Last alarms') }),
      this.#noAlarms,
      this.#alarms,
    );
    this.root.update = () => this.refresh();
    this.refresh();
  }

  /** Ask again, unless that was done a moment ago. */
  async refresh() {
    if (this.#busy || performance.now() - this.#askedAt < PAUSE) return;
    this.#busy = true;
    this.#askedAt = performance.now();
    try {
      this.#render(await get(`/api/printers/${this.#printer}/health`));
      this.#outcome.clear();
    } catch (error) {
      this.#outcome.fail(error);
    } finally {
      this.#busy = false;
    }
  }

  #render({ printer, answer, seen_at: seen, worker, jobs, counts, took, alarms }) {
    const bytes = answer ? answer.replace(/(..)(?=.)/g, '$1 ') : t('none');
    const facts = [
      [t('State'), stateText(printer)],
      [t('Last status bytes'), bytes],
      [t('Last word'), agoText(seen, clock.now())],
      [t('Worker'), worker ? worker.slice(0, 8) : t('none')],
      [t('Order to paper: half within'), secondsText(took.p50)],
      [t('95 of 100 within'), secondsText(took.p95)],
      [t('Roll'), leftText(printer.roll)],
      [t('Expected today'), rollsText(printer.roll)],
      ...Object.entries(counts).map(([state, count]) => [jobStateWord(state), count]),
    ];
    renderList(this.#facts, facts, ([name]) => name, factBox, (box, [, value]) => {
      setText(box.lastElementChild, value);
    });
    this.#jobs.render(jobs);
    renderList(this.#alarms, alarms, ({ id }) => id, () => el('li'), (line, alarm) => {
      setText(line, alarmLine(alarm));
    });
    this.#noAlarms.hidden = alarms.length > 0;
  }
}

/** A ticket is printed again from the queue, a slip from here: it stands in no queue. */
function copyButton({ kind, ticket }) {
  if (kind !== 'slip') return [];
  const reason = t('Paper did not come out');
  const request = () => [`/api/slips/${ticket}/reprint`, { reason }];
  return [commandButton({ text: t('Print a copy'), request, done: () => t('The copy was ordered.') })];
}

function stateText({ active, state, since }) {
  if (!active) return t('switched off');
  return t('{state}, {ago}', { state: printerStateWord(state), ago: agoText(since, clock.now()) });
}

function factBox([name]) {
  return el('div', {}, el('dt', { text: name }), el('dd'));
}

function showState(cell, { state }) {
  cell.classList.toggle('bad', BAD.includes(state));
  setText(cell, jobStateWord(state));
}

/** One past or present alarm: when, what, who took care. */
export function alarmLine(alarm) {
  const times = alarm.until
    ? t('{from} to {until}', { from: formatTime(alarm.since), until: formatTime(alarm.until) })
    : t('since {from}', { from: formatTime(alarm.since) });
  const what = `${times}: ${alarmText(alarm, {})}`;
  return alarm.acknowledged_by ? t('{what} Taken by {name}.', { what, name: alarm.acknowledged_by }) : what;
}
