/** Who waits, by service, in the order of calling, with why; nothing about persons. */

import { el, renderList, setAttribute, setText } from '../js/component.js';
import { t } from '../js/i18n.js';
import { interruption } from './service_state.js';
import { letteredWord, minutes, whyWord } from './words.js';

export class Waiting {
  #list;
  #heading;
  #key;
  #onChoose;

  /**
   * @param {HTMLElement} box
   * @param {(ticket: object) => void} onChoose
   */
  constructor(box, onChoose) {
    this.#list = box.querySelector('[data-part=services]');
    this.#heading = box.querySelector('[data-part=count]');
    this.#key = box.querySelector('[data-part=key]');
    this.#onChoose = onChoose;
    this.#list.addEventListener('keydown', (event) => this.#walk(event));
  }

  render({ snapshot, counter, now }) {
    const ours = new Set(counter?.state === 'open' ? counter.services : []);
    const groups = snapshot.services
      .map((service) => ({
        service,
        entries: snapshot.waiting[service.code] ?? [],
        ours: ours.has(service.code),
      }))
      .filter(({ entries, ours: own, service }) => entries.length > 0 || own || service.state === 'suspended')
      .sort((one, other) => Number(other.ours) - Number(one.ours));
    const count = groups.reduce((sum, { entries }) => sum + entries.length, 0);
    setText(this.#heading, count);
    this.#key.hidden = count === 0;
    renderList(
      this.#list,
      groups,
      ({ service }) => service.code,
      ({ service }) => createGroup(service),
      (node, group) => this.#renderGroup(node, group, now),
    );
  }

  /** Put the focus on the first entry. */
  focus() {
    this.#list.querySelector('button')?.focus();
  }

  #renderGroup(node, { service, entries, ours }, now) {
    const [head, list] = node.children;
    const [name, state, count] = head.children;
    setText(name, letteredWord(service));
    setText(state, interruption(service));
    setText(count, entries.length);
    setAttribute(node, 'data-ours', ours);
    renderList(
      list,
      entries,
      ({ id }) => id,
      () => this.#createEntry(),
      (row, entry) => renderEntry(row, { ...entry, service: service.code }, now),
    );
  }

  #createEntry() {
    const button = el(
      'button',
      { type: 'button', class: 'entry' },
      el('span', { class: 'number' }),
      el('span', { class: 'entry-time' }),
      el('span', { class: 'entry-why' }),
    );
    const row = el('li', {}, button);
    button.addEventListener('click', () => this.#onChoose(row.entry));
    return row;
  }

  #walk(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    const entries = [...this.#list.querySelectorAll('button')];
    entries[entries.indexOf(event.target) + step]?.focus();
    event.preventDefault();
  }
}

function createGroup() {
  return el(
    'section',
    { class: 'group' },
    el(
      'h3',
      { class: 'group-head' },
      el('span', { class: 'group-name' }),
      el('span', { class: 'group-state' }),
      el('span', { class: 'group-count' }),
    ),
    el('ul'),
  );
}

function renderEntry(row, entry, now) {
  row.entry = entry;
  const [number, time, why] = row.firstElementChild.children;
  setText(number, entry.number);
  setText(time, minutes(now - entry.arrival));
  setText(why, whyWord(entry));
  setAttribute(row, 'data-rule', entry.why.rule);
  setAttribute(row, 'data-held', entry.held);
}
