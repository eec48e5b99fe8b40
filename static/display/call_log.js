/** What was shown and spoken, in order: a hidden list on the page that anybody can check. */

import { el } from '../js/component.js';

const KEPT = 3000; // more than a day of the busiest office

export class CallLog {
  #list;
  #now;

  /** @param {HTMLOListElement} list @param {() => number} now server time in ms */
  constructor(list, now) {
    this.#list = list;
    this.#now = now;
  }

  /** @returns {HTMLElement} the entry of a call that is shown now */
  shown({ id, number, counter }) {
    const entry = el('li', { dataset: { id, number, counter, shownAt: this.#now() } });
    this.#list.append(entry);
    while (this.#list.childElementCount > KEPT) this.#list.firstElementChild.remove();
    return entry;
  }

  spoken(entry) {
    entry.dataset.spokenAt ??= String(this.#now());
  }

  ended(entry) {
    entry.dataset.endedAt = String(this.#now());
  }
}
