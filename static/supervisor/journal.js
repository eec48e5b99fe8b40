/** The journal's last rows, its head, and how anybody can check that nothing was changed. */

import { get } from '../js/api.js';
import { formatTime } from '../js/clock.js';
import { el, setText } from '../js/component.js';
import { t } from '../js/i18n.js';
import { Outcome } from './command.js';
import { eventText } from './event_words.js';
import { byText, factsText } from './fact_words.js';
import { Table } from './table.js';

const SHOWN = 100;
/** Not more often than this, ms: on a busy day every second brings rows. */
const PAUSE = 2000;

export class JournalSection {
  static id = 'journal';
  static title = () => t('Journal');

  #state = {};
  #events = [];
  #busy = false;
  #askedAt = -PAUSE;
  #head = el('dl', { class: 'head' });
  #seq = el('dd', { class: 'number' });
  #hash = el('dd', { class: 'hash' });
  #outcome = new Outcome();
  #table = new Table({
    caption: t('Last events'),
    key: (event) => event.seq,
    empty: t('There is no event yet.'),
    columns: [
      { label: t('No.'), class: 'figure', text: ({ seq }) => seq },
      { label: t('Time'), class: 'nowrap', text: ({ at }) => formatTime(at) },
      { label: t('Event'), class: 'nowrap', text: ({ event }) => eventText(event) },
      { label: t('Details'), class: 'facts', text: (event) => factsText(event, this.#state) },
      {
        label: t('By'),
        class: 'nowrap',
        text: (event) => byText(event, this.#state),
      },
      { label: t('Hash'), class: 'hash', text: ({ hash }) => (hash ?? '').slice(0, 12) },
    ],
  });
  root = el(
    'div',
    {},
    this.#head,
    verifying(),
    this.#outcome.root,
    el('section', {}, el('h2', { text: t('Last events') }), this.#table.root),
  );

  constructor() {
    this.#head.append(
      el('div', {}, el('dt', { text: t('Last number') }), this.#seq),
      el('div', {}, el('dt', { text: t('Its hash') }), this.#hash),
    );
  }

  render(state) {
    this.#state = state;
    setText(this.#seq, state.seq);
    this.#fetch(state.seq);
  }

  async #fetch(seq) {
    const known = this.#events[0]?.seq ?? 0;
    if (this.#busy || seq <= known || performance.now() - this.#askedAt < PAUSE) return;
    this.#busy = true;
    this.#askedAt = performance.now();
    try {
      const after = Math.max(known, seq - SHOWN, 0);
      const { events } = await get(`/api/events?after=${after}&limit=${SHOWN}`);
      this.#events = [...events.reverse(), ...this.#events].slice(0, SHOWN);
      this.#table.render(this.#events);
      setText(this.#hash, this.#events[0]?.hash ?? '');
      this.#outcome.clear();
    } catch (error) {
      this.#outcome.fail(error);
    } finally {
      this.#busy = false;
    }
  }

  tick() {
    const seq = Number(this.#seq.textContent);
    if (seq) this.#fetch(seq);
  }
}

function verifying() {
  const command = (text) => el('code', { class: 'line', text });
  return el(
    'details',
    { class: 'fold' },
    el('summary', { text: t('How to verify the journal') }),
    el(
      'div',
      { class: 'prose' },
      el('p', {
        text: t(
          'Every change is one row. Its hash contains the hash of the row before, so no row can be changed, left out or put in later without being seen.',
        ),
      }),
      el('p', { text: t('On the server, also while it runs:') }),
      command('python3 run.py verify'),
      el('p', {
        text: t(
          'This computes the whole chain again, compares it with the list of heads beside the record, rebuilds the queue and checks for each call that the right ticket was chosen.',
        ),
      }),
      el('p', { text: t('The code on a paper ticket comes from its own row. To check one ticket:') }),
      command('python3 run.py verify --trace A-012 7K3M9QZP'),
      el('p', {
        text: t(
          'Write down the last number and its hash at the end of the day, or photograph this page: whoever has them can prove later that nothing was changed before.',
        ),
      }),
    ),
  );
}
