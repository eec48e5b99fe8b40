/** The services as tiles. */

import { formatTime } from '../js/clock.js';
import { el, renderList, setAttribute, setText } from '../js/component.js';
import { pick, t } from '../js/i18n.js';
import { onTap } from '../js/tap.js';
import { kioskMessage, paperMessage, serviceMessage, waitingText, waitText } from './availability.js';
import { Button } from './button.js';
import { namedIcon } from './icons.js';
import { Message } from './message.js';
import { sayService, sayState } from './spoken.js';

/** More services than this do not fit with tiles of 30 x 90 mm; the last place then turns the page. */
const PLACES = 8;
/** The same with large text on a screen that is wider than high. */
const PLACES_LARGE = 6;
const wide = window.matchMedia('(orientation: landscape)');

export class MenuPage {
  #first = 0;
  #shown = [];
  #model = null;

  /** @param {{back: Function, open: (code: string) => void, turned: () => void}} actions */
  constructor(actions) {
    this.actions = actions;
    this.title = el('h1', { tabindex: '-1' });
    this.message = new Message();
    this.paper = new Message();
    this.notice = new Message();
    this.tiles = el('div', { class: 'tiles' });
    this.pairing = el('a', {
      class: 'button button-primary tile-link',
      href: '/pair?kind=kiosk',
      hidden: true,
    });
    this.head = el(
      'div',
      { class: 'head' },
      this.title,
      ...[this.message, this.paper, this.notice].map(({ element }) => element),
    );
    this.back = new Button(actions.back, { kind: 'back', icon: namedIcon('back') });
    this.backRow = el('div', { class: 'row', hidden: true }, this.back.element);
    this.body = el('div', { class: 'body' }, this.tiles, this.pairing, this.backRow);
  }

  /** Show the first services again, for the next person. */
  reset() {
    this.#first = 0;
  }

  render(model) {
    this.#model = model;
    const { flow, snapshot, state } = model;
    const message = menuMessage(model);
    setText(this.title, state.open || !message ? t('Which service do you need?') : message.title);
    this.message.render(state.open || !message ? message : { ...message, title: '' });
    this.paper.render(state.open ? paperMessage(snapshot) : null);
    this.notice.render(snapshot?.notice ? { title: pick(snapshot.notice.text), detail: '' } : null);
    setText(this.pairing, t('Enter the pairing code'));
    this.pairing.hidden = state.code !== 'unpaired';
    this.back.render({ text: t('Back') });
    this.backRow.hidden = flow.page === flow.home;
    const unlisted = snapshot?.unlisted ?? [];
    const services = (state.code === 'unpaired' ? [] : (snapshot?.services ?? [])).filter(
      (service) => !unlisted.includes(service.code),
    );
    const shown = this.#page(services);
    this.#shown = shown;
    this.tiles.dataset.count = shown.length;
    renderList(
      this.tiles,
      shown,
      (service) => service.code,
      (service) => this.#tile(service),
      (node, service) => {
        if (service.more) setText(node.firstElementChild, t('More services'));
        else renderTile(node, service, state);
      },
    );
  }

  /** @returns {import('./speaking.js').Speech} */
  speech({ flow, state }) {
    const words = state.open ? ['ask_service'] : sayState(state.code);
    if (flow.pollsClosed) words.unshift('polls_closed');
    return {
      state: `menu ${state.code} ${this.#first} ${flow.pollsClosed}`,
      words,
      choices: this.#shown.map((service, place) => ({
        element: this.tiles.children[place],
        words: service.more ? ['more'] : sayService(service),
      })),
    };
  }

  #page(services) {
    if (services.length <= this.#places()) return services;
    if (this.#first >= services.length) this.#first = 0;
    return [
      ...services.slice(this.#first, this.#first + this.#places() - 1),
      { code: '/more', more: true },
    ];
  }

  #places() {
    return this.#model.large && wide.matches ? PLACES_LARGE : PLACES;
  }

  #turn() {
    this.#first += this.#places() - 1;
    this.actions.turned();
  }

  #tile(service) {
    if (service.more) {
      const node = el(
        'button',
        { type: 'button', class: 'button tile tile-more' },
        el('span', { class: 'tile-name' }),
      );
      onTap(node, () => this.#turn());
      return node;
    }
    const node = el(
      'button',
      { type: 'button', class: 'button tile' },
      el('span', { class: 'tile-letter', 'aria-hidden': 'true' }),
      el(
        'span',
        { class: 'tile-words' },
        el('span', { class: 'tile-name' }),
        el('span', { class: 'tile-state' }, el('span'), ' ', el('span', { class: 'tile-wait' })),
      ),
    );
    onTap(node, () => this.actions.open(service.code));
    return node;
  }
}

function menuMessage({ flow, snapshot, state, connection }) {
  if (flow.pollsClosed && state.open) {
    return {
      title: t('The polling stations have closed at {time}.', {
        time: formatTime(snapshot.hours.poll_close),
      }),
      detail: t('You can still take a number for every other service.'),
    };
  }
  return kioskMessage(state.code, snapshot, connection);
}

function renderTile(node, service, state) {
  const [letter, words] = node.children;
  const [name, status] = words.children;
  const closed = serviceMessage(service);
  setText(letter, service.letter);
  setText(name, pick(service.name));
  const [count, wait] = status.children;
  setText(count, closed ? closed.title : waitingText(service));
  setText(wait, closed ? closed.detail : state.open ? waitText(service) : '');
  setAttribute(node, 'data-state', service.state);
  setAttribute(node, 'data-off', !state.open || closed !== null);
}
