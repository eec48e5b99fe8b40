/** The card: one ticket, its state and what is legal now. */

import { formatElapsed, formatTime } from '../js/clock.js';
import { el, renderList, setAttribute, setText } from '../js/component.js';
import { t } from '../js/i18n.js';
import { ACTIONS, UNDO } from './actions.js';
import { onPress, renderActions } from './button.js';
import { serviceOf } from './desk_view.js';
import { interruption } from './service_state.js';
import { minutes, outcomeWord, phaseWord, serviceWord } from './words.js';

const SECOND_MS = 1000;
const TIGHT_MS = 10 * 60_000;

export class Card {
  #box;
  #desk;
  #parts = {};

  /** @param {HTMLElement} box holds the elements with data-part @param {object} desk */
  constructor(box, desk) {
    this.#box = box;
    this.#desk = desk;
    for (const part of box.querySelectorAll('[data-part]')) this.#parts[part.dataset.part] = part;
    onPress(this.#parts.less, () => desk.countBlanks(-1));
    onPress(this.#parts.more, () => desk.countBlanks(1));
  }

  /**
   * @param {object} view of desk_view.js
   * @param {{outcome: string, blanks: number, panelOpen: boolean}} choices
   */
  render(view, { outcome, blanks, panelOpen }) {
    const { mode, ticket } = view;
    const parts = this.#parts;
    this.#box.dataset.mode = mode;
    setText(parts.state, stateWord(view));
    setText(parts.clock, clockWord(view));
    setText(parts.number, ticket ? ticket.number : '');
    setText(parts.service, ticket ? serviceWord(serviceOf(view.snapshot, ticket.service)) : '');
    setText(parts.summary, summaryWord(view));
    this.#renderFacts(view);
    this.#renderBand(view);
    parts.finishing.hidden = mode !== 'serving' || panelOpen;
    if (mode === 'serving') this.#renderOutcomes(view.snapshot.outcomes, outcome);
    setText(parts.blanks, blanks);
    this.#renderActions(view, panelOpen);
  }

  /** Why the last command was refused, or that it is not certain yet. */
  renderStatus({ busy, unsent, error }) {
    const { error: box } = this.#parts;
    setAttribute(this.#box, 'aria-busy', busy ? 'true' : null);
    setText(box, unsent ? t('No answer from the server yet. It is tried again by itself.') : error);
    box.hidden = !unsent && !error;
  }

  #renderFacts({ mode, ticket, now, snapshot }) {
    const facts = [];
    if (ticket) {
      facts.push(t('Waited {time}', { time: minutes((ticket.called_at ?? now) - ticket.arrival) }));
      if (mode === 'called') facts.push(t('Call no. {count}', { count: ticket.calls }));
      if (ticket.fetch) facts.push(t('Fetch this person'));
      const interrupted = interruption(serviceOf(snapshot, ticket.service));
      if (interrupted) facts.push(interrupted);
      if (ticket.priority) facts.push(t('Priority'));
      for (const code of ticket.journey ?? []) {
        facts.push(t('then {service}', { service: serviceWord(serviceOf(snapshot, code)) }));
      }
    }
    renderList(
      this.#parts.facts,
      facts,
      (fact) => fact,
      (text) => el('li', { text }),
    );
  }

  #renderBand({ ticket, now }) {
    const { band } = this.#parts;
    band.hidden = !ticket?.deadline;
    if (!ticket?.deadline) return;
    const left = ticket.deadline - now;
    const params = { time: formatTime(ticket.deadline), left: minutes(left) };
    setText(
      band,
      left > 0
        ? t('Document for a TPS: by {time}, {left} left', params)
        : t('Document for a TPS: {time} has passed', params),
    );
    setAttribute(band, 'data-red', ticket.class === 'risk' || left < TIGHT_MS);
  }

  #renderOutcomes(outcomes, chosen) {
    renderList(
      this.#parts.outcomes,
      outcomes,
      (code) => code,
      (code) => {
        const button = el(
          'button',
          { type: 'button', class: 'button outcome' },
          el('span', { text: outcomeWord(code) }),
          el('kbd', { text: outcomes.indexOf(code) + 1 }),
        );
        onPress(button, () => this.#desk.chooseOutcome(code));
        return button;
      },
      (button, code) => button.setAttribute('aria-pressed', String(code === chosen)),
    );
  }

  #renderActions(view, panelOpen) {
    const offered = panelOpen ? [] : ACTIONS;
    const run = (action) => this.#desk.run(action);
    for (const weight of ['main', 'second', 'third']) {
      const part = this.#parts[weight];
      renderActions(part, offered.filter((action) => action.weight === weight), view, run);
      part.hidden = part.childElementCount === 0;
    }
    renderActions(this.#parts.undo, [UNDO], view, run, () => undoExtra(view));
  }
}

function stateWord({ mode, counter, calling, snapshot }) {
  if (mode === 'called') return t('Called');
  if (mode === 'serving') return t('Being served');
  if (mode === 'closed') return snapshot.phase === 'closed' ? phaseWord('closed') : t('Counter closed');
  if (mode === 'taken') return t('{staff} runs this counter', { staff: counter.staff });
  if (mode === 'none') return t('No counter');
  return calling ? t('Free') : phaseWord(snapshot.phase);
}

function clockWord({ mode, ticket, now }) {
  if (mode === 'called') return formatElapsed(now - ticket.called_at);
  return mode === 'serving' ? formatElapsed(now - ticket.started_at) : '';
}

function summaryWord({ mode, calling, waiting, snapshot, counter }) {
  if (mode === 'none') return t('To call people, sign in with a counter number.');
  if (mode === 'taken' && counter.ticket) {
    return t('{number} is in hand and stays in hand.', { number: counter.ticket.number });
  }
  if (mode !== 'free' && mode !== 'closed') return '';
  if (!calling) return notYetWord(snapshot);
  if (mode === 'closed') return '';
  if (waiting === 0) return t('Nobody is waiting for this counter.');
  return waiting === 1
    ? t('One person is waiting for this counter.')
    : t('{count} people are waiting for this counter.', { count: waiting });
}

/** Why nobody can be called in this phase, and from when on. */
function notYetWord({ phase, held, hours }) {
  if (phase === 'closed') return t('The supervisor can open the day again.');
  if (held) return t('The supervisor holds the opening. Calling starts when it is opened.');
  const opens = formatTime(hours.opens);
  if (!opens) return '';
  return phase === 'before'
    ? t('Numbers from {numbers}, calling from {time}.', {
        numbers: formatTime(hours.numbers_from),
        time: opens,
      })
    : t('Numbers are given already. Calling starts at {time}.', { time: opens });
}

function undoExtra({ undo, now }) {
  const seconds = Math.max(0, Math.ceil((undo.until - now) / SECOND_MS));
  return undo.number
    ? t('{number} · {seconds} s', { number: undo.number, seconds })
    : t('{seconds} s', { seconds });
}
