/** One service: what to bring, and the buttons that take a number. */

import { el, renderList, setText, setWords } from '../js/component.js';
import { pick, t } from '../js/i18n.js';
import { bringItems, kioskMessage, serviceMessage, waitingText, waitText } from './availability.js';
import { Button } from './button.js';
import { recordedFor } from './guide.js';
import { namedIcon } from './icons.js';
import { Message } from './message.js';
import { OrderMessage } from './order_message.js';
import { sayAhead, sayCause, sayDocuments, sayService, sayState, sayWait } from './spoken.js';
import { TakeRow } from './take_row.js';

export class ServicePage {
  /** @param {{vote: Function, fetch: Function, retry: Function, instead: Function, other: Function,
   *   take: (priority: boolean) => void}} actions `other`: to the list of services */
  constructor(actions) {
    this.title = el('h1', { tabindex: '-1' });
    this.waiting = el('span', { class: 'soft' });
    this.bringTitle = el('h2');
    this.bring = el('ul', { class: 'bring' });
    this.free = el('strong');
    this.message = new Message();
    this.order = new OrderMessage();
    this.vote = new Button(actions.vote, { kind: 'choice vote', icon: namedIcon('station') });
    this.take = new Button(() => actions.take(false), { kind: 'choice button-primary' });
    this.priority = new Button(() => actions.take(true), { kind: 'choice' });
    this.instead = new Button(actions.instead, { kind: 'choice button-primary' });
    this.other = new Button(actions.other, { kind: 'choice' });
    this.row = new TakeRow(actions);
    this.facts = el('p', { class: 'facts' }, this.waiting, this.free);
    this.bringing = el('div', { class: 'bringing' }, this.bringTitle, this.bring);
    this.choices = el(
      'div',
      { class: 'choices' },
      this.vote.element,
      this.take.element,
      this.priority.element,
      this.instead.element,
      this.other.element,
    );
    this.head = el(
      'div',
      { class: 'head' },
      this.title,
      this.facts,
      this.message.element,
      this.order.element,
      this.bringing,
    );
    this.body = el('div', { class: 'body' }, this.choices, this.row.element);
  }

  render(model) {
    const { flow, snapshot, state, connection, large } = model;
    const service = snapshot?.services.find((one) => one.code === flow.service);
    if (!service) return;
    const closed = serviceMessage(service);
    const failed = flow.error !== null;
    const notice = state.open
      ? closedMessage(service)
      : kioskMessage(state.code, snapshot, connection);
    const canTake = state.open && closed === null && !failed;
    setWords(this.title, `${service.letter} · ${pick(service.name)}`);
    setText(this.waiting, [waitingText(service), waitText(service)].filter(Boolean).join(', '));
    this.waiting.hidden = !canTake;
    this.facts.hidden = closed !== null;
    this.#renderBring(service);
    this.bringing.hidden = failed || closed !== null;
    this.message.render(failed ? null : notice);
    this.order.render(flow);
    this.vote.render({
      text: t('To vote today'),
      note: t('A document for the polling station (TPS)'),
      hidden: !canTake || !this.#servesVoters(model),
      off: flow.busy,
    });
    const wait = flow.busy ? t('One moment…') : null;
    this.take.render({ text: wait ?? t('Take a number'), hidden: !canTake, off: flow.busy });
    this.priority.render({
      text: wait ?? t('Take a priority number'),
      note: large
        ? ''
        : t('Elderly, disability, pregnant, small children, disaster victims. No reason is asked.'),
      hidden: !canTake,
      off: flow.busy,
    });
    const instead = snapshot.services.find((one) => one.code === service.instead);
    this.instead.render({
      text: instead ? t('Go on with: {service}', { service: pick(instead.name) }) : '',
      note: instead ? waitingText(instead) : '',
      hidden: !instead || !state.open || failed,
    });
    this.other.render({ text: t('Choose another service'), hidden: canTake || failed });
    this.choices.hidden = failed;
    this.row.render(flow, { canTake });
  }

  /** @returns {import('./speaking.js').Speech} */
  speech({ flow, snapshot, state }) {
    const service = snapshot?.services.find((one) => one.code === flow.service);
    if (flow.error !== null || !service) {
      const choices = this.row.speech(flow);
      return { state: 'service failed', words: ['failed', 'ask_staff'], choices };
    }
    const words = state.open
      ? [...sayService(service), ...(service.state === 'open' ? sayOpen(service) : sayCause(service))]
      : [`service:${service.code}`, ...sayState(state.code, snapshot.hours), ...sayDocuments([service])];
    if (state.open && service.state !== 'open' && !service.instead) words.push('ask_staff');
    const choices = [
      { button: this.vote, words: ['ask_voting'] },
      { button: this.take, words: ['take'] },
      { button: this.priority, words: ['take_priority'] },
      { button: this.instead, words: service.instead ? [`service:${service.instead}`] : [] },
      { button: this.other, words: ['other_service'] },
    ];
    return {
      state: `service ${service.code} ${service.state} ${state.code} ${flow.fetch}`,
      words,
      choices: [
        ...choices
          .filter(({ button }) => !button.element.hidden)
          .map(({ button: { element }, words: said }) => ({ element, words: said })),
        ...this.row.speech(flow),
      ],
    };
  }

  /** A voter who went for the document, past the question, is asked here. */
  #servesVoters({ asksVoters, snapshot, flow }) {
    return asksVoters && recordedFor(snapshot, flow.service) !== undefined;
  }

  #renderBring(service) {
    const items = bringItems(service);
    setText(this.bringTitle, t('What to bring'));
    this.bringTitle.hidden = items.length === 0;
    renderList(
      this.bring,
      items,
      (item) => item,
      (item) => el('li', { text: item }),
    );
    setText(this.free, t('This service is FREE of charge.'));
  }
}

/** Why this service gives no numbers, and what to do. */
function closedMessage(service) {
  const closed = serviceMessage(service);
  if (closed === null || service.instead) return closed;
  const next = t('Please choose another service or go to the staff.');
  return {
    title: closed.title,
    detail: [closed.detail, next].filter(Boolean).join(' '),
    alert: service.state === 'suspended',
  };
}

function sayOpen(service) {
  const { waiting, wait } = service;
  return [
    ...sayAhead(waiting),
    ...(waiting > 0 ? sayWait(wait) : []),
    ...sayDocuments([service]),
  ];
}
