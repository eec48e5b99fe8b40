/** The phase of the day and the buttons that move it. */

import { formatEnd, formatTime } from '../js/clock.js';
import { el, renderList, setAttribute, setText } from '../js/component.js';
import { t } from '../js/i18n.js';
import { commandForm } from './command.js';
import { firstInput } from './table.js';
import { openRows } from './tickets.js';
import { phaseWord, stateWord } from './words.js';

const PHASES = ['before', 'numbers', 'open', 'serving_out', 'closed'];

export class DayCard {
  #steps = el('ol', { class: 'steps' });
  #held = el('p', {
    class: 'notice',
    text: t('Opening is held: the office does not open by itself. Numbers are given all the same.'),
    hidden: true,
  });
  #poll = el('p', { class: 'soft' });
  #buttons = el('div', { class: 'buttons' });
  #panel = el('div', {});
  #choice = null;
  #state = null;
  root = el(
    'section',
    { class: 'card', 'aria-labelledby': 'day-title' },
    el('h2', { id: 'day-title', text: t('The office day') }),
    this.#steps,
    this.#poll,
    this.#held,
    this.#buttons,
    this.#panel,
  );

  render(state) {
    this.#state = state;
    const hours = state.hours ?? {};
    const at = { numbers: hours.numbers_from, open: hours.opens, serving_out: hours.closes };
    const here = PHASES.indexOf(state.phase);
    renderList(
      this.#steps,
      PHASES,
      (phase) => phase,
      (phase) =>
        el(
          'li',
          {},
          el('span', { class: 'step', text: phaseWord(phase) }),
          el('span', { class: 'soft when' }),
        ),
      (step, phase) => {
        setAttribute(step, 'aria-current', phase === state.phase ? 'step' : null);
        step.classList.toggle('past', PHASES.indexOf(phase) < here);
        setText(step.lastElementChild, whenOf(phase, at[phase]));
      },
    );
    this.#held.hidden = !state.held;
    this.#poll.hidden = !hours.poll_close;
    setText(
      this.#poll,
      hours.poll_close ? t('Polling stations close at {time}.', { time: formatTime(hours.poll_close) }) : '',
    );
    const choices = choicesOf(state);
    renderList(
      this.#buttons,
      choices,
      (choice) => choice.name,
      (choice) =>
        el('button', {
          type: 'button',
          class: choice.primary ? 'button button-primary' : 'button',
          text: choice.text,
          on: { click: () => this.#choose(choice.name) },
        }),
      (button, choice) => setAttribute(button, 'aria-expanded', String(this.#choice === choice.name)),
    );
    if (this.#choice && !choices.some((choice) => choice.name === this.#choice)) this.#choose(null);
    this.#panel.firstElementChild?.update?.(state);
  }

  #choose(name) {
    this.#choice = name === this.#choice ? null : name;
    const choice = choicesOf(this.#state).find((one) => one.name === this.#choice);
    this.#panel.replaceChildren(...(choice ? [this.#question(choice)] : []));
    this.render(this.#state);
    if (choice) firstInput(this.#panel)?.focus();
  }

  #question(choice) {
    const tickets = choice.name === 'close' ? new OpenTickets() : null;
    const leave = () => this.#choose(null);
    const form = commandForm({
      title: choice.question,
      fields: [el('p', { text: choice.effect }), tickets?.root],
      submit: choice.yes,
      alert: choice.alert,
      request: () => [`/api/day/${choice.name}`, {}],
      done: () => {
        leave();
      },
      cancel: leave,
    });
    const panel = el(
      'div',
      { class: 'panel', on: { keydown: (event) => event.key === 'Escape' && leave() } },
      form,
    );
    panel.update = (state) => tickets?.render(state);
    return panel;
  }
}

/** When a phase begins. */
function whenOf(phase, at) {
  if (phase === 'closed') return t('by hand');
  return phase === 'serving_out' ? formatEnd(at) : formatTime(at);
}

/** What the supervisor may do in this phase. */
function choicesOf({ phase, held }) {
  const open = {
    name: 'open',
    text: phase === 'closed' || phase === 'serving_out' ? t('Open again') : t('Open now'),
    primary: phase === 'numbers' || phase === 'before',
    yes: t('Yes, open'),
    question: t('Open the office now?'),
    effect: t('Counters can call numbers at once, whatever the hour.'),
  };
  const hold = {
    name: 'hold',
    text: t('Hold opening'),
    yes: t('Yes, hold'),
    question: t('Hold the opening?'),
    effect: t('The office then does not open at its hour, only when you open it here.'),
  };
  const stop = {
    name: 'stop-numbers',
    text: t('Stop numbers'),
    yes: t('Yes, stop numbers'),
    question: t('Give no more numbers today?'),
    effect: t('Everybody who has a number is still served. You can open again.'),
  };
  const close = {
    name: 'close',
    text: t('Close the day'),
    alert: true,
    yes: t('Yes, close the day'),
    primary: phase === 'serving_out',
    question: t('Close the day?'),
    effect: t('Nobody is called any more. An expired ticket can be reopened today from the queue.'),
  };
  return (
    {
      before: held ? [open] : [open, hold],
      numbers: held ? [open, stop] : [open, hold, stop],
      open: [stop, close],
      serving_out: [close, open],
      closed: [open],
    }[phase] ?? []
  );
}

/** The tickets that closing would expire, as they are now, by their states. */
class OpenTickets {
  #text = el('p', { class: 'strong' });
  #groups = el('div', { class: 'expiring', tabindex: 0, role: 'group', 'aria-label': t('Tickets') });
  root = el('div', { class: 'field-wide' }, this.#text, this.#groups);

  render(state) {
    const rows = openRows(state);
    setText(
      this.#text,
      rows.length
        ? t('Still open, will expire: {count}', { count: rows.length })
        : t('No ticket is open. Nothing will expire.'),
    );
    renderList(
      this.#groups,
      [...new Set(rows.map((row) => row.state))].map((name) => ({
        name,
        rows: rows.filter((row) => row.state === name),
      })),
      ({ name }) => name,
      () => el('div', {}, el('p', { class: 'soft' }), el('ul', { class: 'chips' })),
      (group, { name, rows: some }) => {
        const params = { state: stateWord(name), count: some.length };
        setText(group.firstElementChild, t('{state}: {count}', params));
        renderChips(group.lastElementChild, some);
      },
    );
    this.#groups.hidden = rows.length === 0;
  }
}

function renderChips(list, rows) {
  renderList(
    list,
    rows,
    (row) => row.id,
    (row) => el('li', { class: 'number', text: row.number }),
  );
}
