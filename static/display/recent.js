/** The recent calls: a grid of fixed rows; more calls than rows are shown in turn. */

import { el, renderList, setAttribute, setText } from '../js/component.js';
import { t } from '../js/i18n.js';
import { fit } from './fit.js';

const MOST_ROWS = 6;

export class Recent {
  #list;
  #calls = [];
  #rows = 4;
  #page = 0;

  /** @param {HTMLElement} list */
  constructor(list) {
    this.#list = list;
  }

  /**
   * @param {{key: string, number: string, counter: number, called: boolean}[]} calls
   * @param {number} digits of the highest counter number; the columns are wide enough for it
   */
  render(calls, digits) {
    this.#calls = calls;
    this.#list.style.setProperty('--counter-digits', String(digits));
    this.#draw();
  }

  /** Show the next page, if those who are called now need more than one. */
  turn() {
    this.#page += 1;
    this.#draw();
  }

  /**
   * Show so many rows, at most six.
   *
   * @param {number} rows as many as there is room for
   */
  resize(rows) {
    this.#rows = Math.min(MOST_ROWS, Math.max(1, rows));
    this.#list.style.setProperty('--rows', String(this.#rows));
    this.#draw();
  }

  #draw() {
    const called = this.#calls.filter((call) => call.called).length;
    const pages = Math.max(1, Math.ceil(called / this.#rows));
    const from = (this.#page % pages) * this.#rows;
    const shown = this.#calls.slice(from, from + this.#rows);
    const empty = Array.from({ length: this.#rows - shown.length }, (_, index) => ({
      key: `empty ${index}`,
      number: '',
      counter: '',
      called: false,
    }));
    renderList(this.#list, [...shown, ...empty], ({ key }) => key, createRow, updateRow);
    fit(this.#list, () => this.#list.scrollWidth / this.#list.clientWidth, 0.3);
  }
}

function createRow() {
  return el(
    'li',
    { class: 'recent-row' },
    el('span', { class: 'recent-number number' }),
    el('span', { class: 'recent-word', text: t('Counter') }),
    el('span', { class: 'recent-counter number' }),
  );
}

function updateRow(row, call) {
  const [number, , counter] = row.children;
  setText(number, call.number);
  setText(counter, call.counter);
  setAttribute(row, 'data-called', call.called);
  setAttribute(row, 'data-empty', call.number === '');
  setAttribute(row, 'aria-hidden', call.number === '' ? 'true' : null);
}
