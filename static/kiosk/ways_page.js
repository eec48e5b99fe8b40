/** What a voter can get and by when: one or two ways, each with its time and its two buttons. */

import { el, renderList, setText } from '../js/component.js';
import { pick, t } from '../js/i18n.js';
import { bringItems, kioskMessage } from './availability.js';
import { foretells } from './forecasts.js';
import { offeredWays, waysFor } from './guide.js';
import { Message } from './message.js';
import { OrderMessage } from './order_message.js';
import { sayDocuments } from './spoken.js';
import { TakeRow } from './take_row.js';
import { Way } from './way.js';

export class WaysPage {
  #ways = new Map();
  /** Those on the page, with their forecasts. */
  #shown = [];

  /** @param {{back: Function, fetch: Function, retry: Function,
   *   slip: (service: string) => void, take: (priority: boolean, service: string) => void}} actions */
  constructor(actions) {
    this.actions = actions;
    this.title = el('h1', { tabindex: '-1' });
    this.bring = el('p');
    this.caution = el('p');
    this.message = new Message();
    this.order = new OrderMessage();
    this.ways = el('div', { class: 'ways' });
    this.row = new TakeRow({ ...actions, slip: () => actions.slip(this.#lateService()) });
    this.head = el(
      'div',
      { class: 'head' },
      this.title,
      this.message.element,
      this.order.element,
      this.bring,
      this.caution,
    );
    this.body = el('div', { class: 'body' }, this.ways, this.row.element);
  }

  render(model) {
    const { flow, snapshot, state, connection, forecasts, large } = model;
    if (!snapshot) return;
    const failed = flow.error !== null;
    const all = waysFor(snapshot, flow);
    const forecastOf = (way) => forecasts.of(way.service.code, flow.travel);
    const shown = failed || !state.open ? [] : offeredWays(all, flow, forecastOf);
    this.#shown = shown.map((way) => ({ way, forecast: forecastOf(way) }));
    const known = shown.some((way) => forecastOf(way)?.done);
    setText(this.title, titleText(all, shown));
    // With large text or a drill's mark there is no room for a heading that only counts the ways.
    const tight = large || document.documentElement.dataset.drill !== undefined;
    this.title.classList.toggle('visually-hidden', tight && shown.length > 1);
    this.message.render(
      failed ? null : state.open ? obstacle(all) : kioskMessage(state.code, snapshot, connection),
    );
    this.order.render(flow);
    setText(this.bring, bringText(shown));
    this.bring.hidden = this.bring.textContent === '';
    setText(
      this.caution,
      known
        ? t('This is an estimate, not a guarantee. What counts at the TPS is decided by KPPS.')
        : t('What counts at the TPS is decided by KPPS.'),
    );
    this.caution.hidden = shown.length === 0;
    this.ways.hidden = shown.length === 0;
    this.ways.dataset.count = shown.length;
    renderList(
      this.ways,
      shown,
      (way) => way.service.code,
      (way) => this.#way(way.service.code).element,
      (_, way) =>
        this.#way(way.service.code).render(way.service, forecastOf(way), {
          ...model,
          alone: shown.length === 1,
        }),
    );
    const late = this.#shown.some(({ forecast }) => forecast?.class === 'late');
    const explains = shown.length > 1 && !large;
    this.row.render(flow, { canTake: shown.length > 0, late, explains });
  }

  /** @returns {import('./speaking.js').Speech} */
  speech({ flow, snapshot, forecasts }) {
    if (flow.error !== null) {
      const choices = this.row.speech(flow);
      return { state: 'ways failed', words: ['failed', 'ask_staff'], choices };
    }
    if (this.#shown.length === 0)
      return { state: 'no way', words: ['not_served', 'ask_staff'], choices: [] };
    // Said once, when the times are there, instead of again with each of them.
    const isSettled = ({ way }) => forecasts.isSettled(way.service.code, flow.travel);
    if (foretells(snapshot) && !this.#shown.every(isSettled)) {
      return { state: 'ways pending', words: ['one_moment'], choices: [] };
    }
    const foretold = this.#shown.some(({ forecast }) => forecast?.done);
    return {
      state: this.#shown
        .map(({ way, forecast }) => `${way.service.code} ${forecast?.class} ${forecast === null}`)
        .join(` ${flow.fetch} `),
      words: [
        ...(this.#shown.length > 1 ? ['two_ways'] : []),
        ...(foretold ? ['estimate'] : []),
        'kpps',
        ...sayDocuments(this.#shown.map(({ way }) => way.service)),
      ],
      choices: [
        ...this.#shown.flatMap(({ way, forecast }) =>
          this.#way(way.service.code).speech(way.service, forecast),
        ),
        ...this.row.speech(flow),
      ],
    };
  }

  #lateService() {
    return this.#shown.find(({ forecast }) => forecast?.class === 'late')?.way.service.code;
  }

  #way(code) {
    if (!this.#ways.has(code)) {
      this.#ways.set(code, new Way((priority) => this.actions.take(priority, code)));
    }
    return this.#ways.get(code);
  }
}

function titleText(all, shown) {
  if (shown.length > 1) return t('Two ways. Which one?');
  const only = (shown[0] ?? all[0])?.service;
  return only ? `${only.letter} · ${pick(only.name)}` : t('Please go to the staff.');
}

/** What keeps a way from being offered, with its cause; what to do if no way is left. */
function obstacle(all) {
  const stuck = all.find((way) => way.blocked !== null)?.blocked;
  if (!stuck) return null;
  const none = all.every((way) => way.blocked !== null);
  return {
    title: `${pick(stuck.service.name)} – ${stuck.title}`,
    detail: [stuck.detail, none ? t('Please go to the staff.') : ''].filter(Boolean).join(' '),
    alert: true,
  };
}

function bringText(shown) {
  const items = [...new Set(shown.flatMap((way) => bringItems(way.service)))];
  return items.length > 0 ? t('Have ready: {documents}', { documents: items.join('; ') }) : '';
}
