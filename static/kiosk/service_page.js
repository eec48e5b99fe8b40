/** One service: what to bring, and the buttons that take a number. */

import { clock } from '../js/clock.js';
import { el, renderList, setText } from '../js/component.js';
import { pick, t } from '../js/i18n.js';
import { asksVoters, kioskMessage, serviceMessage, waitingText } from './availability.js';
import { Button } from './button.js';
import { namedIcon } from './icons.js';
import { Message } from './message.js';
import { OrderMessage } from './order_message.js';

export class ServicePage {
  /** @param {{back: Function, voter: Function, take: (priority: boolean) => void, retry: Function}} actions */
  constructor(actions) {
    this.title = el('h1', { tabindex: '-1' });
    this.waiting = el('span', { class: 'soft' });
    this.bringTitle = el('h2');
    this.bring = el('ul', { class: 'bring' });
    this.free = el('strong');
    this.message = new Message();
    this.order = new OrderMessage();
    this.question = el('h2', { class: 'question' });
    this.voter = new Button(actions.voter, { kind: 'choice' });
    this.take = new Button(() => actions.take(false), { kind: 'choice' });
    this.priority = new Button(() => actions.take(true), { kind: 'choice' });
    this.retry = new Button(actions.retry, { kind: 'choice button-primary' });
    this.back = new Button(actions.back, { kind: 'back', icon: namedIcon('back') });
    this.facts = el('p', { class: 'facts' }, this.waiting, this.free);
    this.bringing = el('div', { class: 'bringing' }, this.bringTitle, this.bring);
    this.choices = el(
      'div',
      { class: 'choices' },
      this.voter.element,
      this.take.element,
      this.priority.element,
      this.retry.element,
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
    this.body = el(
      'div',
      { class: 'body' },
      this.question,
      el('div', { class: 'decision' }, this.back.element, this.choices),
    );
  }

  render({ flow, snapshot, state, connection, large }) {
    const service = snapshot?.services.find((one) => one.code === flow.service);
    if (!service) return;
    const closed = serviceMessage(service);
    const failed = flow.error !== null;
    const notice = state.open ? closed : kioskMessage(state.code, snapshot, connection);
    const canTake = state.open && closed === null && !failed;
    const polling = asksVoters(snapshot, clock.now());
    setText(this.title, `${service.letter} · ${pick(service.name)}`);
    setText(this.waiting, waitingText(service));
    this.#renderBring(service);
    this.bringing.hidden = failed;
    this.message.render(failed ? null : notice);
    this.order.render(flow);
    setText(this.question, t('To vote today?'));
    this.question.hidden = !(canTake && polling);
    const wait = flow.busy ? t('One moment…') : null;
    this.voter.render({
      text: t('Yes, to vote today'),
      note: large ? '' : t('Next: the trip to your polling station (TPS)'),
      hidden: !(canTake && polling),
      off: flow.busy,
    });
    this.choices.classList.toggle('choices-stacked', polling);
    this.take.element.classList.toggle('button-primary', !polling);
    this.take.render({
      text: wait ?? (polling ? t('No. Take a number') : t('Take a number')),
      hidden: !canTake,
      off: flow.busy,
    });
    this.priority.render({
      text: wait ?? (polling ? t('No. Take a priority number') : t('Take a priority number')),
      note: priorityNote(polling, large),
      hidden: !canTake,
      off: flow.busy,
    });
    this.retry.render({ text: t('Try again'), hidden: !flow.mayRetry });
    this.back.render({ text: t('Back'), off: flow.busy });
  }

  #renderBring(service) {
    const items = pick(service.bring)
      .split(/[;\n]/)
      .map((item) => item.trim())
      .filter(Boolean);
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

/** Who may take priority; three stacked choices leave one line for it, large ones none. */
function priorityNote(stacked, large) {
  if (!stacked)
    return t(
      'Elderly, disability, pregnant, small children, disaster victims. No reason is asked.',
    );
  return large ? '' : t('Elderly, disability, pregnant, small children, disaster victims');
}
