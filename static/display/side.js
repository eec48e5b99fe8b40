/** Who waits for what, and whose number is kept aside: lists in pages of fixed lines. */

import { el } from '../js/component.js';
import { pagesOf } from './pages.js';

export class Side {
  #box;
  #blocks = [];
  #page = 0;
  #drawn = '';

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
    const pages = pagesOf(this.#blocks, this.#grid());
    const page = pages[this.#page % Math.max(1, pages.length)] ?? [];
    const drawn = JSON.stringify(page);
    if (drawn === this.#drawn) return;
    this.#drawn = drawn;
    this.#box.replaceChildren(...page.map(block));
  }

  #grid() {
    const style = getComputedStyle(this.#box);
    const line = parseFloat(style.lineHeight);
    const cell = parseFloat(style.fontSize) * parseFloat(style.getPropertyValue('--cell'));
    return {
      lines: (this.#box.clientHeight - parseFloat(style.paddingTop) + 1) / line,
      columns: Math.max(1, Math.floor(this.#box.clientWidth / cell)),
    };
  }
}

function block({ title, items, wide }) {
  return el(
    'section',
    { class: 'side-block' },
    el('h2', { class: 'side-title', text: title }),
    el('ul', { class: wide ? 'side-items side-items-wide' : 'side-items' }, ...items.map(entry)),
  );
}

function entry({ text, paused }) {
  return el('li', { class: 'number', text, 'data-paused': paused });
}
