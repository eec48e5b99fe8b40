/** The services as tiles. */

import { formatTime } from '../js/clock.js';
import { el, renderList, setAttribute, setText } from '../js/component.js';
import { pick, t } from '../js/i18n.js';
import { onTap } from '../js/tap.js';
import { kioskMessage, serviceMessage, waitingText } from './availability.js';
import { Button } from './button.js';
import { namedIcon } from './icons.js';
import { Message } from './message.js';

/** More services than this do not fit with tiles of 30 x 90 mm; the last place then turns the page. */
const PLACES = 8;
/** The same with large text on a screen that is wider than high. */
const PLACES_LARGE = 6;
const wide = window.matchMedia('(orientation: landscape)');

export class MenuPage {
  #first = 0;
  #model = null;

  /** @param {{back: Function, open: (code: string) => void}} actions */
  constructor(actions) {
    this.actions = actions;
    this.title = el('h1', { tabindex: '-1' });
    this.message = new Message();
    this.notice = new Message();
    this.tiles = el('div', { class: 'tiles' });
    this.pairing = el('a', {
      class: 'button button-primary tile-link',
      href: '/pair?kind=kiosk',
      hidden: true,
    });
    this.head = el('div', { class: 'head' }, this.title, this.message.element, this.notice.element);
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
    this.render(this.#model);
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
        el('span', { class: 'tile-state' }),
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
  setText(status, closed ? closed.title : waitingText(service));
  setAttribute(node, 'data-state', service.state);
  setAttribute(node, 'data-off', !state.open || closed !== null);
}
