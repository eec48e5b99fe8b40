/** Several chosen tickets, and what can be done with them together. */

import { el, setText } from '../js/component.js';
import { t } from '../js/i18n.js';
import { textButton } from './parts.js';
import { reclassifyForm } from './reclassify.js';
import { firstInput } from './table.js';

const CHANGEABLE = ['waiting', 'called', 'suspended'];

export class Bulk {
  #chosen = new Set();
  #services = () => [];
  #text = el('p', { class: 'strong', 'aria-live': 'polite' });
  #form = el('div', {});
  root = el(
    'div',
    { class: 'bulk', hidden: true },
    el(
      'div',
      { class: 'bulk-line' },
      this.#text,
      textButton(t('Reclassify together'), () => this.#open()),
      textButton(t('Choose none'), () => this.#chooseNone()),
    ),
    this.#form,
  );

  /** @param {() => object[]} services the newest ones */
  constructor(services) {
    this.#services = services;
  }

  /** The column of a table with a box for each ticket that can be chosen. */
  column() {
    return {
      label: t('Choose'),
      class: 'choose',
      build: (cell, row) => cell.append(this.#box(row)),
      update: (cell, row) => {
        cell.firstElementChild.hidden = !CHANGEABLE.includes(row.state);
        cell.firstElementChild.checked = this.#chosen.has(row.id);
      },
    };
  }

  #box(row) {
    const label = t('Choose {number}', { number: row().number });
    const box = el('input', { type: 'checkbox', 'aria-label': label });
    box.addEventListener('change', () => {
      if (box.checked) this.#chosen.add(row().id);
      else this.#chosen.delete(row().id);
      this.#show();
    });
    return box;
  }

  /** Forget the chosen tickets that cannot be changed any more. */
  render(rows) {
    const possible = new Set(rows.filter((row) => CHANGEABLE.includes(row.state)).map((row) => row.id));
    for (const id of this.#chosen) if (!possible.has(id)) this.#chosen.delete(id);
    this.#show();
  }

  #show() {
    this.root.hidden = this.#chosen.size === 0 && !this.#form.hasChildNodes();
    setText(this.#text, t('Chosen: {count}', { count: this.#chosen.size }));
  }

  #open() {
    const form = reclassifyForm({
      title: t('Reclassify the chosen tickets'),
      services: this.#services(),
      target: () => ['/api/tickets/reclassify', { tickets: [...this.#chosen] }],
      done: () => this.#chooseNone(),
      cancel: () => this.#close(),
    });
    this.#form.replaceChildren(form);
    firstInput(this.#form)?.focus();
  }

  #close() {
    this.#form.replaceChildren();
    this.#show();
  }

  #chooseNone() {
    this.#chosen.clear();
    for (const box of document.querySelectorAll('.choose input')) box.checked = false;
    this.#close();
  }
}
