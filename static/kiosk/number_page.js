/** The number that was taken, whatever the printer does. */

import { el, setText, setWords } from '../js/component.js';
import { pick, t } from '../js/i18n.js';
import { Button } from './button.js';
import { namedIcon } from './icons.js';
import { sayAhead, sayWait, spokenCode } from './spoken.js';

export class NumberPage {
  /** @param {{done: Function, reprint: Function}} actions */
  constructor(actions) {
    this.title = el('h1', { tabindex: '-1' });
    this.number = el('p', { class: 'number the-number' });
    this.paper = el('p', { class: 'notice number-paper', role: 'status' });
    this.ahead = el('p', { class: 'number-ahead' });
    this.wait = el('p');
    this.listen = el('p');
    this.code = el('p', { class: 'soft' });
    this.qr = el('img', { alt: '', hidden: true });
    this.scan = el('figcaption');
    this.figure = el('figure', { class: 'qr', hidden: true }, this.qr, this.scan);
    this.fetch = el('p', { class: 'number-fetch' });
    this.reprint = new Button(actions.reprint, { icon: namedIcon('paper') });
    this.done = new Button(actions.done, { kind: 'button-primary choice' });
    this.qr.addEventListener('load', () => this.#showQr(true));
    this.qr.addEventListener('error', () => this.#showQr(false));
    this.head = el(
      'div',
      { class: 'head head-number' },
      el('div', { class: 'number-main' }, this.title, this.number),
      this.figure,
    );
    this.body = el(
      'div',
      { class: 'body body-number' },
      el(
        'div',
        { class: 'number-facts' },
        this.paper,
        this.fetch,
        this.ahead,
        this.wait,
        this.listen,
        this.code,
      ),
      el('div', { class: 'number-buttons' }, this.reprint.element, this.done.element),
    );
  }

  /** @param {{flow: object, snapshot: object, paper: 'none' | 'coming' | 'out' | 'fault',
   *   speaking: boolean}} model */
  render({ flow, snapshot, paper, speaking }) {
    const { ticket } = flow;
    if (!ticket) return;
    const service = snapshot?.services.find((one) => one.code === ticket.service);
    const printed = this.#hasPaper(paper);
    setText(
      this.title,
      service ? t('Your number for {service}', { service: pick(service.name) }) : t('Your number'),
    );
    setText(this.number, ticket.number);
    this.paper.classList.toggle('notice-alert', !printed);
    setText(
      this.paper,
      printed
        ? t('Please take your ticket from the printer.')
        : t('Photograph or write down this number and its code.'),
    );
    this.code.classList.toggle('soft', printed);
    setText(this.fetch, t('Staff will come and fetch you.'));
    this.fetch.hidden = !flow.fetch;
    this.reprint.render({
      text: t('No paper came out?'),
      hidden: paper === 'none' || flow.reprinted,
    });
    setText(
      this.ahead,
      ticket.people_ahead > 0
        ? t('People ahead of you: {count}', { count: ticket.people_ahead })
        : t('Nobody is ahead of you'),
    );
    this.wait.hidden = !ticket.wait;
    if (ticket.wait)
      setText(this.wait, t('Estimated wait: {low} to {high} minutes', ticket.wait));
    setText(this.listen, t('Listen for the call and watch the display.'));
    setText(
      this.code,
      speaking
        ? t('Code if you miss your call: {code}; by keypad: {digits}', {
            code: ticket.trace,
            digits: spokenCode(ticket.trace),
          })
        : t('Code if you miss your call: {code}', { code: ticket.trace }),
    );
    setText(this.scan, scanText(snapshot?.office.public_url));
    this.#renderQr(ticket, snapshot);
    this.done.render({
      text: t('Done'),
      note:
        flow.secondsLeft === null
          ? ''
          : t('This page closes in {seconds} seconds.', { seconds: flow.secondsLeft }),
    });
  }

  /** The number, twice, and what brings back after a missed call. @returns {import('./speaking.js').Speech} */
  speech({ flow, paper }) {
    const { ticket } = flow;
    if (!ticket) return { state: 'number', words: [], choices: [] };
    const number = ['your_number', `ticket:${ticket.number}`];
    return {
      state: `number ${ticket.number}`,
      words: [
        ...number,
        ...number,
        ...sayAhead(ticket.people_ahead),
        ...sayWait(ticket.wait),
        ...(flow.fetch ? ['fetch_on'] : []),
        this.#hasPaper(paper) ? 'paper' : 'no_paper',
        'listen',
        'return_code',
        `code:${spokenCode(ticket.trace)}`,
      ],
      choices: [
        { element: this.done.element, words: ['done'] },
        ...(this.reprint.element.hidden
          ? []
          : [{ element: this.reprint.element, words: ['reprint'] }]),
      ],
    };
  }

  #hasPaper(paper) {
    return paper === 'coming' || paper === 'out';
  }

  #renderQr(ticket, snapshot) {
    const url =
      snapshot?.office.public_url && ticket.token
        ? `/api/tickets/${ticket.id}/qr.svg?token=${encodeURIComponent(ticket.token)}`
        : '';
    if (this.qr.dataset.url === url) return;
    this.qr.dataset.url = url;
    this.#showQr(false);
    if (url) this.qr.src = url;
    else this.qr.removeAttribute('src');
  }

  #showQr(shown) {
    this.qr.hidden = !shown;
    this.figure.hidden = !shown;
  }
}

/** How to follow on the phone: the picture, or the short address for those who cannot scan. */
function scanText(publicUrl) {
  const address = `${(publicUrl ?? '').replace(/^https?:\/\//, '').replace(/\/$/, '')}/n`;
  return t('Scan to follow on your phone, or type {address}', { address });
}
