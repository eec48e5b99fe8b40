/** One ticket on its holder's phone. */

import { post } from '../js/api.js';
import { formatTime } from '../js/clock.js';
import { el, setText, setWords } from '../js/component.js';
import { language, pick, setLanguage, t } from '../js/i18n.js';
import { Live } from '../js/live.js';
import { onTap } from '../js/tap.js';
import { keepAwake } from './awake.js';
import { Cancel } from './cancel.js';
import { chanceText } from './chance.js';
import { insteadText, ticketWords } from './words.js';

const POLL = 60000;
const TIMEOUT = 6000;
const CANCELLABLE = ['waiting', 'suspended', 'no_show', 'parked'];
/** Still to be called, or called now. */
const AHEAD = [...CANCELLABLE, 'called'];
const OPEN = [...AHEAD, 'serving'];

class Phone {
  #token = decodeURIComponent(window.location.pathname.split('/').pop());
  #live = null;
  #snapshot = null;
  #connection = { online: false, lastGood: null, status: null };
  #busy = false;
  #failure = null;
  #announced = null;
  /** Whether the room has told of a call that went before this ticket; the snapshot knows it too. */
  #overtaken = false;

  constructor(container) {
    this.office = el('span', { class: 'office' });
    this.language = el('button', { type: 'button', class: 'button language' });
    this.lost = el('p', { class: 'notice notice-alert', role: 'status', hidden: true });
    this.notice = el('p', { class: 'notice', role: 'status', hidden: true });
    this.service = el('p', { class: 'service' });
    this.number = el('h1', { class: 'number' });
    this.headline = el('p', { class: 'headline' });
    this.detail = el('p', { class: 'detail' });
    this.instead = el('p', { class: 'chance' });
    this.chance = el('p', { class: 'chance' });
    this.status = el(
      'section',
      { class: 'status', 'aria-live': 'polite', 'aria-atomic': 'true' },
      this.headline,
      this.detail,
      this.instead,
      this.chance,
    );
    this.alarm = el('p', { class: 'visually-hidden', role: 'alert' });
    this.why = el('p', { hidden: true });
    this.served = el('p', { class: 'soft' });
    this.code = el('p', { class: 'soft' });
    this.keep = el('p', { class: 'keep' });
    this.failure = el('p', { class: 'notice notice-alert', role: 'alert', hidden: true });
    this.back = el('button', { type: 'button', class: 'button button-primary' });
    this.cancel = new Cancel({ cancel: () => this.#send('cancel') });
    this.ticket = el(
      'main',
      { class: 'ticket' },
      this.service,
      this.number,
      this.status,
      this.why,
      this.served,
      this.code,
      this.keep,
    );
    onTap(this.language, () => this.#switchLanguage());
    onTap(this.back, () => this.#send('return'));
    this.container = container;
    this.parts = [
      el('header', { class: 'top' }, this.office, this.language),
      this.lost,
      this.notice,
      this.alarm,
      this.ticket,
      el('footer', { class: 'actions' }, this.failure, this.back, this.cancel.element),
    ];
  }

  start() {
    this.#live = new Live({
      namespace: '/phone',
      snapshotUrl: `/api/phone/${encodeURIComponent(this.#token)}`,
      token: this.#token,
      poll: POLL,
      first: JSON.parse(this.container.dataset.first),
    });
    this.#live.onConnection((connection) => {
      this.#connection = connection;
      this.#render();
    });
    this.#live.onState((snapshot, delta) => {
      this.#snapshot = snapshot;
      if (delta) this.#compare(delta);
      this.#render();
    });
    this.#render();
    this.container.replaceChildren(...this.parts);
  }

  /** The room of a service only tells numbers: fetch the ticket when they say that it has moved. */
  #compare({ ahead, called }) {
    const { number, state } = this.#snapshot.ticket;
    const isCalled = called?.some((call) => call.number === number);
    if (called?.some((call) => isLater(call.number, number))) this.#overtaken = true;
    const moved =
      (called && isCalled !== (state === 'called')) ||
      (ahead && number in ahead && (ahead[number] === null) === (state === 'waiting'));
    if (moved) this.#live.refresh();
  }

  #render() {
    const { status, online, lastGood } = this.#connection;
    const gone = [403, 404, 410].includes(status);
    const ticket = gone ? null : this.#ticket();
    const other = language() === 'id' ? 'en' : 'id';
    setText(this.office, this.#snapshot?.office.name ?? '');
    setText(this.language, other === 'en' ? 'English' : 'Bahasa Indonesia');
    this.language.lang = other;
    this.lost.hidden = online;
    setText(
      this.lost,
      lastGood
        ? t('Connection lost. Last news at {time}. Please watch the display.', {
            time: formatTime(lastGood),
          })
        : t('There is no connection. Please watch the display.'),
    );
    this.#renderNotice();
    this.#renderTicket(ticket, gone);
    this.failure.hidden = this.#failure === null;
    setText(this.failure, this.#failure === null ? '' : failureText(this.#failure));
    setText(this.back, this.#busy ? t('One moment…') : t('I am back'));
    this.back.hidden = ticket?.state !== 'no_show';
    this.cancel.render({
      number: ticket?.number ?? '',
      busy: this.#busy,
      hidden: !CANCELLABLE.includes(ticket?.state),
    });
  }

  /** The ticket with the people ahead as the room last told them. */
  #ticket() {
    const ticket = this.#snapshot?.ticket ?? null;
    const ahead = this.#snapshot?.ahead?.[ticket?.number];
    return ticket && ahead !== undefined ? { ...ticket, people_ahead: ahead } : ticket;
  }

  #renderNotice() {
    const text = pick(this.#snapshot?.notice?.text);
    this.notice.hidden = text === '';
    setWords(this.notice, text);
  }

  #renderTicket(ticket, gone) {
    const ahead = AHEAD.includes(ticket?.state);
    const { headline, detail, tone } = this.#words(ticket, gone);
    const service = this.#snapshot?.services.find((one) => one.code === ticket?.service);
    setWords(this.service, pick(service?.name));
    setText(this.number, ticket?.number ?? '');
    this.status.dataset.tone = tone;
    setWords(this.headline, headline);
    setWords(this.detail, detail);
    this.detail.hidden = detail === '';
    const instead = insteadText(ticket, service);
    setWords(this.instead, instead);
    this.instead.hidden = instead === '';
    const chance = chanceText(ticket);
    setText(this.chance, chance);
    this.chance.hidden = chance === '';
    this.why.hidden = !(ticket?.state === 'waiting' && (ticket.overtaken || this.#overtaken));
    setText(
      this.why,
      t(
        'Some who came later were called first, because their time runs out earlier or the law gives them priority.',
      ),
    );
    const served = this.#snapshot?.served ?? [];
    this.served.hidden = !ahead || served.length === 0;
    setText(this.served, t('Last called: {numbers}', { numbers: listOf(served) }));
    this.code.hidden = !ahead || !ticket.trace;
    setText(this.code, t('Code if you miss your call: {code}', { code: ticket?.trace ?? '' }));
    this.keep.hidden = !ahead;
    setText(this.keep, t('Keep this screen on, and keep watching the display.'));
    keepAwake(OPEN.includes(ticket?.state));
    this.#announce(ticket);
  }

  #words(ticket, gone) {
    if (ticket) return ticketWords(ticket, this.#snapshot);
    if (gone)
      return {
        headline: t('This number is not known.'),
        detail: t('Please go to the staff.'),
        tone: 'alert',
      };
    return { headline: t('Connecting…'), detail: '', tone: 'plain' };
  }

  /** The moment of the call: the tab's title, a word for screen readers, a buzz where allowed. */
  #announce(ticket) {
    const called = ticket?.state === 'called';
    document.title = called
      ? t('Counter {counter}: {number}', { counter: ticket.counter, number: ticket.number })
      : (ticket?.number ?? t('My queue number'));
    const call = called ? `${ticket.number} ${ticket.called_at} ${ticket.calls}` : null;
    if (call === this.#announced) return;
    this.#announced = call;
    setText(this.alarm, called ? `${ticket.number}. ${this.headline.textContent}` : '');
    if (called && navigator.userActivation?.hasBeenActive) navigator.vibrate?.([400, 200, 400]);
  }

  async #send(command) {
    if (this.#busy || !this.#snapshot) return;
    this.#busy = true;
    this.#failure = null;
    this.#render();
    try {
      await post(
        `/api/tickets/${this.#snapshot.ticket.id}/${command}`,
        { token: this.#token },
        { timeout: TIMEOUT },
      );
    } catch (error) {
      this.#failure = error;
    } finally {
      this.#busy = false;
      this.#live.refresh();
      this.#render();
    }
  }

  #switchLanguage() {
    setLanguage(language() === 'id' ? 'en' : 'id');
    this.#render();
  }
}

/** @param {{status: number, detail: string}} error */
function failureText({ status, detail }) {
  if (status === 0) return t('There is no answer yet. Please try again.');
  return detail || t('This was not possible. Please go to the staff.');
}

/** The newest numbers, each once; none is broken at its hyphen. */
function listOf(numbers) {
  const once = [...new Set(numbers)].slice(0, 4);
  return once.map((number) => number.replace('-', '\u2060-\u2060')).join(', ');
}

/** Whether a number of the same letter was taken after another. */
function isLater(one, other) {
  const [letter, count] = one.split('-');
  const [mine, my] = other.split('-');
  return letter === mine && Number(count) > Number(my);
}

new Phone(document.getElementById('phone')).start();
