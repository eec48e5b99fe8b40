/** The first page: the services as tiles, and on polling day what is needed to vote before them. */

import { formatTime } from '../js/clock.js';
import { el, renderList, setAttribute, setText, setWords } from '../js/component.js';
import { pick, t } from '../js/i18n.js';
import { onTap } from '../js/tap.js';
import {
  bringItems,
  kioskMessage,
  listedServices,
  paperMessage,
  serviceMessage,
  waitingText,
  waitText,
} from './availability.js';
import { Button } from './button.js';
import { namedIcon } from './icons.js';
import { Message } from './message.js';
import { sayOpening, sayService, sayState } from './spoken.js';

/** More services than this do not fit with tiles of 30 x 90 mm; the last place then turns the page. */
const PLACES = 8;
/** The same with large text on a screen that is wider than high. */
const PLACES_LARGE = 6;
/** With large text on an upright screen, beside what is needed to vote. */
const PLACES_LARGE_UPRIGHT = 7;
/** So many messages take the height of a row of services, with ordinary and with large text. */
const CROWDED_FROM = 4;
const CROWDED_FROM_LARGE = 3;
const PLACES_CROWDED = 6;
const ROW_LARGE = 2;
/** Rows are low when more than so many stand on the page, without and with what is needed to vote. */
const COMPACT_FROM = 6;
const COMPACT_FROM_VOTES = 4;
const wide = window.matchMedia('(orientation: landscape)');

export class MenuPage {
  #first = 0;
  /** How many services a turn of the page goes on by. */
  #step = 0;
  #shown = [];
  #model = null;
  /** Whether messages take the place of some services. */
  #crowded = false;

  /** @param {{vote: Function, open: (code: string) => void, turned: () => void}} actions */
  constructor(actions) {
    this.actions = actions;
    this.title = el('h1', { tabindex: '-1' });
    this.message = new Message();
    this.paper = new Message();
    this.disturbed = new Message();
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
      ...[this.message, this.paper, this.disturbed, this.notice].map(({ element }) => element),
    );
    this.vote = new Button(actions.vote, {
      kind: 'choice button-primary vote',
      icon: namedIcon('station'),
    });
    this.body = el('div', { class: 'body' }, this.tiles, this.pairing);
    wide.addEventListener('change', () => actions.turned());
  }

  /** Show the first services again, for the next person. */
  reset() {
    this.#first = 0;
  }

  render(model) {
    this.#model = model;
    const { flow, snapshot, state, large } = model;
    const services = state.code === 'unpaired' ? [] : listedServices(snapshot);
    const message = menuMessage(model);
    const paper = state.open ? paperMessage(snapshot) : null;
    const notice = snapshot?.notice ? { title: pick(snapshot.notice.text), detail: '' } : null;
    setWords(this.title, state.open || !message ? t('Which service do you need?') : message.title);
    this.message.render(state.open || !message ? message : { ...message, title: '' });
    this.paper.render(paper);
    this.notice.render(notice);
    setText(this.pairing, t('Enter the pairing code'));
    this.pairing.hidden = state.code !== 'unpaired';
    this.vote.render({
      text: t('To vote today'),
      note: t('A document for the polling station (TPS)'),
    });
    const votes = flow.atHome && model.asksVoters && services.length > 0;
    const closed = state.open ? disturbance(services) : null;
    const messages = [message, paper, closed, notice].filter(Boolean).length;
    this.#crowded = messages >= (large ? CROWDED_FROM_LARGE : CROWDED_FROM);
    const shown = this.#page(services, votes);
    this.#shown = shown;
    this.tiles.dataset.count = shown.length;
    this.tiles.toggleAttribute('data-votes', votes);
    this.tiles.toggleAttribute('data-crowded', this.#crowded);
    const compact = large || this.#crowded || shown.length > (votes ? COMPACT_FROM_VOTES : COMPACT_FROM);
    this.tiles.toggleAttribute('data-compact', compact);
    this.disturbed.render(compact ? closed : null);
    // Several messages leave no room for the question; it is still read out.
    const apart = closed !== null && !compact ? messages - 1 : messages;
    this.title.classList.toggle('visually-hidden', state.open && apart > (large ? 1 : 2));
    renderList(
      this.tiles,
      shown,
      (service) => service.code,
      (service) => this.#tile(service),
      (node, service) => {
        if (service.vote) return;
        if (service.more) setText(node.firstElementChild, t('More services'));
        else renderTile(node, service, state, compact);
      },
    );
  }

  /** @returns {import('./speaking.js').Speech} */
  speech({ flow, snapshot, state }) {
    const hours = snapshot?.hours;
    const words = state.open
      ? [...sayOpening(state.code, hours), 'ask_service']
      : sayState(state.code, hours);
    if (flow.pollsClosed) words.unshift('polls_closed');
    return {
      state: `menu ${state.code} ${this.#first} ${flow.pollsClosed} ${flow.voting}`,
      words,
      choices: this.#shown.map((service, place) => ({
        element: this.tiles.children[place],
        words: sayTile(service),
      })),
    };
  }

  #page(services, votes) {
    // The speaking mode has eight keys, and one of them is for whoever missed a call.
    const most = this.#places(votes) - (votes ? 1 : 0) - (this.#model.speaking ? 1 : 0);
    if (this.#first >= services.length || services.length <= most) this.#first = 0;
    this.#step = most - 1;
    const shown =
      services.length <= most
        ? services
        : [
            ...services.slice(this.#first, this.#first + this.#step),
            { code: '/more', more: true },
          ];
    return votes ? [{ code: '/vote', vote: true }, ...shown] : shown;
  }

  #places(votes) {
    if (!this.#model.large) return this.#crowded && wide.matches ? PLACES_CROWDED : PLACES;
    const places = wide.matches ? PLACES_LARGE : votes ? PLACES_LARGE_UPRIGHT : PLACES;
    return this.#crowded ? places - ROW_LARGE : places;
  }

  #turn() {
    this.#first += this.#step;
    this.actions.turned();
  }

  #tile(service) {
    if (service.vote) return this.vote.element;
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
        el(
          'span',
          { class: 'tile-state' },
          el('span', { class: 'tile-waiting' }),
          el('span', { class: 'tile-count', role: 'img' }, namedIcon('people'), el('span')),
          ' ',
          el('span', { class: 'tile-wait' }),
        ),
      ),
    );
    onTap(node, () => this.actions.open(service.code));
    return node;
  }
}

/** Why services are not served now; on low tiles there is room for the word alone. */
function disturbance(services) {
  if (services.every((service) => service.state === 'open')) return null;
  const words = services
    .filter((service) => service.state !== 'open')
    .map((service) => {
      const { title, detail } = serviceMessage(service);
      return `${pick(service.name)} – ${[title, detail].filter(Boolean).join('. ')}`;
    });
  return { title: '', detail: words.map((one) => one.replace(/\.?$/, '.')).join(' '), alert: true };
}

function sayTile(service) {
  if (service.vote) return ['ask_voting'];
  return service.more ? ['more'] : sayService(service);
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
  const message = kioskMessage(state.code, snapshot, connection);
  if (state.code !== 'before' || !snapshot.services.some((one) => bringItems(one).length > 0))
    return message;
  const hint = t('Touch a service to see what to bring.');
  return { ...message, detail: [message.detail, hint].filter(Boolean).join(' ') };
}

/** How many wait, where that helps: whoever cannot take a number now has no line to choose. */
function lineText(service, state) {
  return state.open || state.code === 'serving_out' ? waitingText(service) : '';
}

function renderTile(node, service, state, compact) {
  const [letter, words] = node.children;
  const [name, status] = words.children;
  const closed = serviceMessage(service);
  setText(letter, service.letter);
  setWords(name, pick(service.name));
  const [waiting, count, wait] = status.children;
  setText(waiting, closed ? (compact ? closed.short : closed.title) : lineText(service, state));
  setText(count.lastElementChild, service.waiting);
  setAttribute(count, 'aria-label', waitingText(service));
  setText(wait, closed ? (compact ? '' : closed.detail) : state.open ? waitText(service) : '');
  // Where there is no room for both in words, the number stands beside a pictogram.
  status.toggleAttribute('data-both', closed === null && wait.textContent !== '');
  setAttribute(node, 'data-state', service.state);
  setAttribute(node, 'data-off', !state.open || closed !== null);
}
