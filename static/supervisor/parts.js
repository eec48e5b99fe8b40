/** Small pieces that several sections are made of. */

import { el, setText } from '../js/component.js';
import { firstInput } from './table.js';

/** A plain button. `label` is what screen readers say when the text alone is not enough. */
export function textButton(text, click, { label } = {}) {
  return el('button', { type: 'button', class: 'button', 'aria-label': label, text, on: { click } });
}

/** A button under whose row a panel opens; `key` names the row, `name` the panel. */
export function panelButton(table, key, name, text, build, options) {
  return textButton(text, (event) => table.toggle(key, name, build, event.currentTarget), options);
}

/** A part of a page that is folded away until it is asked for. */
export function fold(summary, ...content) {
  return el('details', { class: 'fold' }, el('summary', { text: summary }), ...content);
}

/** A part of a page with its heading. */
export function titled(title, ...content) {
  return el('section', {}, el('h2', { text: title }), ...content);
}

/** A sentence that explains what is under it. */
export function hint(text) {
  return el('p', { class: 'hint', text });
}

/** Make room for two lines in a table's cell. */
export function twoLines(cell) {
  cell.append(el('span'), el('span', { class: 'soft' }));
}

/** Fill a cell made by twoLines(). */
export function showLines(cell, first, second) {
  setText(cell.firstElementChild, first);
  setText(cell.lastElementChild, second);
}

/** A button that opens a form to add something. */
export class AddPanel {
  #place = el('div', {});
  root;

  /**
   * @param {string} text of the button
   * @param {(leave: () => void) => HTMLElement} build the form
   */
  constructor(text, build) {
    const leave = () => this.#place.replaceChildren();
    const open = () => {
      this.#place.replaceChildren(el('div', { class: 'panel' }, build(leave)));
      firstInput(this.#place)?.focus();
    };
    this.root = el('div', { class: 'after' }, textButton(text, open), this.#place);
  }
}
