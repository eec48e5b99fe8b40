/** Tables whose rows stay in place while data changes, with a panel under a row where one acts. */

import { el, renderList, setText } from '../js/component.js';

/**
 * @typedef {object} Column
 * @property {string} label
 * @property {string} [class]
 * @property {(item: any) => string | number | null | undefined} [text]
 * @property {(cell: HTMLElement, current: () => any, table: Table) => void} [build] once for a row;
 *   `current()` is the row's newest item
 * @property {(cell: HTMLElement, item: any) => void} [update] on every render
 */

export class Table {
  #columns;
  #key;
  #rowClass;
  #body = el('tbody');
  #empty;
  #open = new Map();
  #items = [];

  /**
   * @param {object} options
   * @param {string} options.caption read out, not shown
   * @param {Column[]} options.columns
   * @param {(item: any) => string | number} options.key
   * @param {string} [options.empty] shown when there is no row
   * @param {(item: any) => string} [options.rowClass]
   */
  constructor({ caption, columns, key, empty = '', rowClass = () => '' }) {
    this.#columns = columns;
    this.#key = key;
    this.#rowClass = rowClass;
    const heads = columns.map((column) =>
      el('th', { scope: 'col', class: column.class, text: column.label }),
    );
    this.#empty = el('p', { class: 'soft empty', text: empty, hidden: true });
    this.frame = el(
      'table',
      {},
      el('caption', { class: 'visually-hidden', text: caption }),
      el('thead', {}, el('tr', {}, ...heads)),
      this.#body,
    );
    this.root = el('div', { class: 'table' }, this.frame, this.#empty);
  }

  /** Show these items, in this order. */
  render(items) {
    this.#items = items;
    const keys = new Set(items.map((item) => this.#key(item)));
    for (const key of [...this.#open.keys()]) if (!keys.has(key)) this.#open.delete(key);
    const rows = items.flatMap((item) => {
      const key = this.#key(item);
      const panel = this.#open.get(key);
      return panel
        ? [
            { key, item },
            { key: `${key}/${panel.name}`, item, panel },
          ]
        : [{ key, item }];
    });
    keepFocus(() =>
      renderList(
        this.#body,
        rows,
        (row) => row.key,
        (row) => this.#create(row),
        (node, row) => this.#update(node, row),
      ),
    );
    this.frame.hidden = items.length === 0;
    this.#empty.hidden = items.length > 0 || !this.#empty.textContent;
  }

  #create({ panel, item }) {
    if (panel)
      return el('tr', { class: 'panel-row' }, el('td', { colspan: this.#columns.length }, panel.node));
    const row = el('tr');
    row.item = item;
    for (const column of this.#columns) {
      const cell = el('td', { class: column.class, dataset: { label: column.label } });
      column.build?.(cell, () => row.item, this);
      row.append(cell);
    }
    return row;
  }

  #update(row, { item, panel }) {
    row.item = item;
    if (panel) {
      panel.node.update?.(item);
      return;
    }
    const name = [this.#rowClass(item), this.#open.has(this.#key(item)) ? 'row-open' : ''].join(' ').trim();
    if (row.className !== name) row.className = name;
    this.#columns.forEach((column, index) => {
      const cell = row.cells[index];
      if (column.text) setText(cell, column.text(item) ?? '');
      column.update?.(cell, item);
    });
  }

  /** @returns {string | null} the name of the panel that is open under an item */
  openPanel(key) {
    return this.#open.get(key)?.name ?? null;
  }

  /**
   * Open a panel under a row, or close it when it is the one that is open.
   * @param {string | number} key
   * @param {string} name
   * @param {() => HTMLElement} build
   * @param {HTMLElement} opener gets the focus back
   */
  toggle(key, name, build, opener) {
    if (this.openPanel(key) === name) {
      this.close(key);
      return;
    }
    const node = el('div', { class: 'panel' }, build());
    node.update = node.firstElementChild.update;
    node.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') this.close(key);
    });
    this.#open.set(key, { name, node, opener });
    this.render(this.#items);
    firstInput(node)?.focus();
  }

  /** Close an item's panel. */
  close(key) {
    const panel = this.#open.get(key);
    if (!panel) return;
    this.#open.delete(key);
    this.render(this.#items);
    if (panel.opener?.isConnected) panel.opener.focus();
  }
}

/** What should have the focus when a panel opens. */
export function firstInput(node) {
  return node.querySelector('input:not([readonly]), select') ?? node.querySelector('button, a[href]');
}

/** Do something that may move nodes; the input in use keeps its focus. */
export function keepFocus(work) {
  const active = document.activeElement;
  work();
  if (active && active !== document.activeElement && active.isConnected)
    active.focus({ preventScroll: true });
}
