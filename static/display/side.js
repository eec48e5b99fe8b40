/** Who waits for what, and whose number is kept aside: lists in pages of fixed lines. */

import { el } from '../js/component.js';
import { t } from '../js/i18n.js';
import { fit } from './fit.js';
import { pagesOf } from './pages.js';

const LEADINGS = [1.5, 1.3, 1.1, 1]; // line heights, in heights of the letters
const BETWEEN = 0.35; // of such a height, at least, between two columns
const pen = document.createElement('canvas').getContext('2d');

export class Side {
  #box;
  #blocks = [];
  #page = 0;
  #drawn = '';
  #cells = new Map(); // title of a block -> width of its columns, px

  /** @param {HTMLElement} box */
  constructor(box) {
    this.#box = box;
  }

  /** @param {import('./pages.js').Block[]} blocks */
  render(blocks) {
    this.#blocks = blocks;
    this.#draw();
  }

  /** Show the next page, if there is more than one. */
  turn() {
    this.#page += 1;
    this.#draw();
  }

  /** Fit the pages to the room again. */
  resize() {
    this.#draw();
  }

  #draw() {
    const pages = this.#pages();
    const page = pages[this.#page % Math.max(1, pages.length)] ?? [];
    const drawn = JSON.stringify([page, this.#box.clientWidth, ...this.#cells]);
    if (drawn === this.#drawn) return;
    this.#drawn = drawn;
    this.#box.style.setProperty('--fit', '1'); // what the last page needed says nothing of this one
    this.#fill(page, 'range');
    if (this.#overflow() > 1) this.#fill(page, 'least');
    fit(this.#box, () => this.#overflow());
  }

  #fill(page, extent) {
    this.#box.replaceChildren(...page.map((block) => section(block, extent)));
    for (const [place, block] of page.entries()) {
      if (!block.table) this.#box.children[place].style.setProperty('--cell', `${this.#cells.get(block.title)}px`);
    }
  }

  #overflow() {
    return this.#box.scrollWidth / this.#box.clientWidth;
  }

  /** As much air between the lines as leaves the fewest pages. */
  #pages() {
    const style = getComputedStyle(this.#box);
    const letters = parseFloat(style.fontSize);
    const height = this.#box.clientHeight - parseFloat(style.paddingTop) + 1;
    const width = this.#box.clientWidth;
    this.#cells = new Map(this.#blocks.map((block) => [block.title, cellOf(block, style)]));
    const columnsOf = ({ title }) => Math.max(1, Math.floor(width / this.#cells.get(title)));
    const paged = (leading) => pagesOf(this.#blocks, { lines: height / (leading * letters), columnsOf });
    const fewest = paged(LEADINGS.at(-1)).length;
    const leading = LEADINGS.find((one) => paged(one).length === fewest);
    this.#box.style.setProperty('--leading', String(leading));
    return paged(leading);
  }
}

/** The width of a block's columns: that of its longest text, and a gap. */
function cellOf({ items }, { fontSize, fontFamily }) {
  pen.font = `bold ${fontSize} ${fontFamily}`;
  const longest = Math.max(0, ...items.map(({ text }) => pen.measureText(text).width));
  return longest + BETWEEN * parseFloat(fontSize);
}

function section({ title, items, table }, extent) {
  if (table) return waitingTable(title, items, extent);
  return el(
    'section',
    { class: 'side-block' },
    el('h2', { class: 'side-title', text: title }),
    el('ul', { class: 'side-items' }, ...items.map(entry)),
  );
}

function entry({ text, paused }) {
  return el('li', { class: 'number', text, 'data-paused': paused });
}

/** Letter, people and minutes, each in its column. `extent`: the whole range, or only its least. */
function waitingTable(title, items, extent) {
  const heading = (text) => el('th', { scope: 'col', text });
  return el(
    'table',
    { class: 'side-block side-table' },
    el('caption', { class: 'visually-hidden', text: title }),
    el('thead', {}, el('tr', {}, el('td'), heading(t('in line')), heading(t('min')))),
    el('tbody', {}, ...items.map((item) => tableRow(item, extent))),
  );
}

function tableRow({ row, paused }, extent) {
  return el(
    'tr',
    { 'data-paused': paused },
    el('th', { class: 'number', scope: 'row', text: row.letter }),
    el('td', { class: 'number', text: row.count }),
    el('td', { class: 'number', text: row[extent] }),
  );
}
