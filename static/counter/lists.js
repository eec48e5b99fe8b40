/** The lists beside the line: parked, absent, suspended, cancelled, and what was done last. */

import { formatTime } from '../js/clock.js';
import { el, renderList, setAttribute, setText } from '../js/component.js';
import { t } from '../js/i18n.js';
import { causeWord, outcomeWord } from './words.js';

const LISTS = [
  { name: 'parked', title: () => t('Parked'), words: parkedWord },
  { name: 'absent', title: () => t('Absent'), words: absentWord },
  { name: 'suspended', title: () => t('Suspended'), words: suspendedWord },
  { name: 'cancelled', title: () => t('Cancelled'), words: ({ since }) => t('at {time}', { time: formatTime(since) }) },
  { name: 'recent', title: () => t('Done last'), words: recentWord },
];

export class Lists {
  #box;
  #onChoose;

  /**
   * @param {HTMLElement} box
   * @param {(ticket: object, list: string) => void} onChoose
   */
  constructor(box, onChoose) {
    this.#box = box;
    this.#onChoose = onChoose;
  }

  render({ snapshot, now }) {
    const shown = LISTS.map((list) => ({ ...list, entries: snapshot[list.name] ?? [] })).filter(
      ({ entries }) => entries.length > 0,
    );
    renderList(
      this.#box,
      shown,
      ({ name }) => name,
      ({ title }) =>
        el(
          'section',
          { class: 'group' },
          el(
            'h3',
            { class: 'group-head' },
            el('span', { class: 'group-name', text: title() }),
            el('span', { class: 'group-count' }),
          ),
          el('ul'),
        ),
      (node, list) => this.#renderList(node, list, now),
    );
  }

  #renderList(node, { name, entries, words }, now) {
    setText(node.firstElementChild.lastElementChild, entries.length);
    renderList(
      node.lastElementChild,
      entries,
      ({ id, at }) => `${id} ${at ?? ''}`,
      () => this.#createEntry(name),
      (row, entry) => {
        row.entry = entry;
        const [number, text] = row.firstElementChild.children;
        setText(number, entry.number);
        setText(text, words(entry, now));
        setAttribute(row, 'data-due', name === 'parked' && entry.due_back && entry.due_back <= now);
      },
    );
  }

  #createEntry(name) {
    const button = el(
      'button',
      { type: 'button', class: 'entry' },
      el('span', { class: 'number' }),
      el('span', { class: 'entry-why' }),
    );
    const row = el('li', {}, button);
    button.addEventListener('click', () => this.#onChoose(row.entry, name));
    return row;
  }
}

/**
 * What a list says about one of its tickets.
 *
 * @param {string} name of the list
 */
export function listWord(name, entry, now) {
  return LISTS.find((list) => list.name === name)?.words(entry, now) ?? '';
}

function parkedWord({ cause, due_back: due, owner }, now) {
  const counter = owner?.split(':')[1];
  const params = { cause: causeWord(cause), counter, time: formatTime(due) };
  if (due && due <= now) return t('{cause}, due back since {time}', params);
  if (due && counter) return t('{cause}, back {time}, counter {counter}', params);
  if (due) return t('{cause}, back {time}', params);
  return params.cause;
}

function absentWord({ until }, now) {
  return until > now
    ? t('may come back until {time}', { time: formatTime(until) })
    : t('time to come back is over');
}

function suspendedWord({ cause, due_back: due }) {
  const params = { cause: causeWord(cause), time: formatTime(due) };
  return due ? t('{cause}, back {time}', params) : params.cause;
}

function recentWord({ outcome, counter, at }) {
  return t('{outcome}, counter {counter}, {time}', {
    outcome: outcomeWord(outcome),
    counter,
    time: formatTime(at),
  });
}
