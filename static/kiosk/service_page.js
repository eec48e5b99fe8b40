/** One service: what to bring, and the buttons that take a number. */

import { el, renderList, setText } from '../js/component.js';
import { pick, t } from '../js/i18n.js';
import { bringItems, kioskMessage, serviceMessage, waitingText } from './availability.js';
import { Button } from './button.js';
import { namedIcon } from './icons.js';
import { Message } from './message.js';
import { OrderMessage } from './order_message.js';

export class ServicePage {
  /** @param {{back: Function, take: (priority: boolean) => void, retry: Function}} actions */
  constructor(actions) {
    this.title = el('h1', { tabindex: '-1' });
    this.waiting = el('span', { class: 'soft' });
    this.bringTitle = el('h2');
    this.bring = el('ul', { class: 'bring' });
    this.free = el('strong');
    this.message = new Message();
    this.order = new OrderMessage();
    this.take = new Button(() => actions.take(false), { kind: 'choice button-primary' });
    this.priority = new Button(() => actions.take(true), { kind: 'choice' });
    this.retry = new Button(actions.retry, { kind: 'choice button-primary' });
    this.back = new Button(actions.back, { kind: 'back', icon: namedIcon('back') });
    this.facts = el('p', { class: 'facts' }, this.waiting, this.free);
    this.bringing = el('div', { class: 'bringing' }, this.bringTitle, this.bring);
    this.choices = el(
      'div',
      { class: 'choices' },
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
    setText(this.title, `${service.letter} · ${pick(service.name)}`);
    setText(this.waiting, waitingText(service));
    this.#renderBring(service);
    this.bringing.hidden = failed;
    this.message.render(failed ? null : notice);
    this.order.render(flow);
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
    this.retry.render({ text: t('Try again'), hidden: !flow.mayRetry });
    this.back.render({ text: t('Back'), off: flow.busy });
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
