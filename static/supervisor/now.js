/** How the office stands: what waits now, what today has brought, what paper and cards are left. */

import { el, renderList, setAttribute, setText } from '../js/component.js';
import { t } from '../js/i18n.js';
import { Promises } from './promises.js';
import { isPrinterReady, leftText, printerStateWord } from './print_words.js';
import { counterList, lateRows, waitingRows } from './tickets.js';
import { lengthText } from './times.js';

const MINUTE = 60_000;
const LONG = 7; // letters that fit as a figure

export class NowCard {
  #now = figures();
  #today = figures();
  #promises = new Promises();
  root = el(
    'section',
    { class: 'card', 'aria-labelledby': 'now-title' },
    el('h2', { id: 'now-title', text: t('Now') }),
    this.#now,
    el('h2', { text: t('Today') }),
    this.#today,
    this.#promises.root,
  );

  render(state, now) {
    renderFigures(this.#now, figuresNow(state, now));
    renderFigures(this.#today, figuresToday(state));
    this.#promises.render(state);
  }
}

/** Paper of each printer, and card blanks. */
export class SuppliesCard {
  #lines = el('dl', { class: 'supplies' });
  root = el(
    'section',
    { class: 'card', 'aria-labelledby': 'supplies-title' },
    el('h2', { id: 'supplies-title', text: t('Supplies') }),
    this.#lines,
  );

  render(state) {
    renderList(
      this.#lines,
      supplies(state),
      ({ key }) => key,
      ({ name, section }) =>
        el('div', {}, el('dt', {}, el('a', { href: `#${section}`, text: name })), el('dd')),
      (line, { text, bad }) => {
        line.classList.toggle('bad', bad);
        setText(line.lastElementChild, text);
      },
    );
  }
}

/** @typedef {[name: string, label: string, value: string | number, bad?: boolean]} Figure */

const figures = () => el('dl', { class: 'figures' });

function renderFigures(list, items) {
  renderList(
    list,
    items,
    ([name]) => name,
    ([, label]) => el('div', {}, el('dt', { text: label }), el('dd', { class: 'number' })),
    (box, [, , value, bad = false]) => {
      box.classList.toggle('bad', bad);
      setText(box.lastElementChild, value ?? '–');
      setAttribute(box.lastElementChild, 'data-long', String(value).length > LONG);
    },
  );
}

/** @returns {Figure[]} */
function figuresNow(state, now) {
  const { today = {} } = state;
  const waiting = waitingRows(state);
  const overdue = lateRows(state, now).length;
  const counters = counterList(state);
  const open = counters.filter((counter) => counter.state === 'open').length;
  const atRisk = (today.voters_at_risk ?? 0) + (today.voters_late ?? 0);
  const first = Math.min(...waiting.map((row) => row.arrival));
  return [
    ['waiting', t('waiting'), today.waiting],
    ['longest', t('longest wait'), waiting.length ? shortLength(now - first) : '–'],
    ['overdue', t('overdue'), overdue, overdue > 0],
    ['counters', t('counters open'), t('{open}/{all}', { open, all: counters.length }), open === 0 && waiting.length > 0],
    ['voters', t('voters waiting'), today.voters_waiting],
    ['risk', t('voters at risk'), atRisk, atRisk > 0],
    ['parked', t('parked'), state.parked?.length ?? 0],
    ['absent', t('absent'), today.absent],
  ];
}

/** As a figure: "under 1 min" would be a sentence. */
const shortLength = (ms) => (ms < MINUTE ? t('{minutes} min', { minutes: 0 }) : lengthText(ms));

/** @returns {Figure[]} */
function figuresToday({ today = {} }) {
  const { claims } = today;
  return [
    ['issued', t('given'), today.issued],
    ['served', t('served'), today.served],
    ...(claims?.made > 0
      ? [
          ['confirmed', t('voters confirmed'), claims.confirmed],
          ['corrected', t('voters corrected'), claims.corrected],
        ]
      : []),
  ];
}

/** @returns {{key: string, name: string, section: string, text: string | number, bad: boolean}[]} */
function supplies({ printers = [], blanks }) {
  const real = printers.filter(({ active, kind }) => active && kind !== 'preview');
  const counted = Number.isInteger(blanks);
  return [
    ...real.map(({ id, name, state, roll }) => ({
      key: `printer ${id}`,
      name: t('Paper: {name}', { name }),
      section: 'printing',
      text: state === 'ok' ? leftText(roll) : printerStateWord(state),
      bad: !isPrinterReady(state),
    })),
    ...(real.length
      ? []
      : [{ key: 'paper', name: t('Paper'), section: 'printing', text: t('no printer'), bad: false }]),
    {
      key: 'blanks',
      name: t('Card blanks'),
      section: 'services',
      text: counted ? blanks : t('not counted'),
      bad: blanks === 0,
    },
  ];
}
