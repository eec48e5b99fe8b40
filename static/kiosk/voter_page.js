/** For somebody who goes on to vote: the trip to the polling station, what to expect, the number. */

import { el, renderList, setAttribute, setText } from '../js/component.js';
import { formatTime } from '../js/clock.js';
import { t } from '../js/i18n.js';
import { onTap } from '../js/tap.js';
import { Button } from './button.js';
import { namedIcon } from './icons.js';
import { Message } from './message.js';
import { OrderMessage } from './order_message.js';

const TRAVEL_MINUTES = [15, 30, 45, 60, 90, null];
const MINUTE = 60000;
/** At the polling station, minutes; the same as in the policy. */
const AT_STATION = 5;
/** Reckoned with when the trip is not known, minutes. */
const UNKNOWN_TRAVEL = 30;

export class VoterPage {
  /** @param {{back: Function, travel: (minutes: number | null) => void, take: (priority: boolean) => void, retry: Function}} actions */
  constructor(actions) {
    this.actions = actions;
    this.title = el('h1', { tabindex: '-1' });
    this.verdict = new Message();
    this.order = new OrderMessage();
    this.travels = el('div', { class: 'travels', role: 'group' });
    this.take = new Button(() => actions.take(false), { kind: 'choice' });
    this.priority = new Button(() => actions.take(true), { kind: 'choice' });
    this.retry = new Button(actions.retry, { kind: 'choice button-primary' });
    this.back = new Button(actions.back, { kind: 'back', icon: namedIcon('back') });
    this.choices = el(
      'div',
      { class: 'choices' },
      this.take.element,
      this.priority.element,
      this.retry.element,
    );
    this.head = el('div', { class: 'head' }, this.title, this.verdict.element, this.order.element);
    this.body = el(
      'div',
      { class: 'body' },
      this.travels,
      el('div', { class: 'decision' }, this.back.element, this.choices),
    );
  }

  render({ flow, snapshot, state, large }) {
    const service = snapshot?.services.find((one) => one.code === flow.service);
    if (!service) return;
    const failed = flow.error !== null;
    const answered = flow.travel !== undefined;
    const canTake = answered && !failed && state.open && service.state === 'open';
    setText(this.title, t('How long is the trip to your polling station (TPS)?'));
    setAttribute(this.travels, 'aria-label', this.title.textContent);
    this.travels.hidden = failed;
    renderList(
      this.travels,
      TRAVEL_MINUTES,
      String,
      (minutes) => this.#travel(minutes),
      (node, minutes) => {
        setText(node, minutes === null ? t('I do not know') : t('{minutes} minutes', { minutes }));
        setAttribute(node, 'aria-pressed', String(flow.travel === minutes));
      },
    );
    this.verdict.render(
      answered && !failed
        ? verdictMessage(verdict(service, snapshot, flow.travel), snapshot)
        : null,
    );
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

  #travel(minutes) {
    const node = el('button', { type: 'button', class: 'button' });
    onTap(node, () => this.actions.travel(minutes));
    return node;
  }
}

/**
 * Whether a voter who takes a number now will be served in time.
 * @param {{voter_start?: {likely: number, high: number, needs_seconds: number} | null}} service
 *   `likely`, `high`: when such a voter would be called, median and 80 % bound, UTC milliseconds
 * @param {object} snapshot
 * @param {number | null} travel minutes
 * @returns {'on_time' | 'tight' | 'late' | null} null when there is no forecast
 */
export function verdict(service, snapshot, travel) {
  const start = service.voter_start;
  const close = snapshot.hours?.poll_close;
  if (!start || !close) return null;
  const latest =
    close - (AT_STATION + (travel ?? UNKNOWN_TRAVEL)) * MINUTE - start.needs_seconds * 1000;
  if (start.high <= latest) return 'on_time';
  return start.likely <= latest ? 'tight' : 'late';
}

function verdictMessage(code, snapshot) {
  const time = formatTime(snapshot.hours?.poll_close);
  switch (code) {
    case 'on_time':
      return {
        title: t('You should be served in time.'),
        detail: t('The TPS closes at {time}.', { time }),
      };
    case 'tight':
      return {
        title: t('Time is tight.'),
        detail: t('The TPS closes at {time}. Please also tell the staff.', { time }),
        alert: true,
      };
    case 'late':
      return {
        title: t('This will probably be too late.'),
        detail: t(
          'The TPS closes at {time}. You can still take a number. Ask the polling officers (KPPS) about other documents.',
          { time },
        ),
        alert: true,
      };
    default:
      return null;
  }
}
