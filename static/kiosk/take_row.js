/** The row below the buttons that take a number: be fetched, a slip, try again. */

import { el, setText } from '../js/component.js';
import { t } from '../js/i18n.js';
import { Button } from './button.js';
import { namedIcon } from './icons.js';

export class TakeRow {
  /** @param {{fetch: Function, retry: Function, slip?: Function}} actions */
  constructor({ fetch, retry, slip = () => {} }) {
    this.fetch = new Button(fetch, { kind: 'fetch', icon: namedIcon('fetch') });
    this.slip = new Button(slip, { kind: 'slip', icon: namedIcon('slip') });
    this.retry = new Button(retry, { kind: 'choice button-primary' });
    this.priority = el('p', { class: 'take-priority' });
    this.element = el(
      'div',
      { class: 'row take-row' },
      this.fetch.element,
      this.slip.element,
      this.retry.element,
      this.priority,
    );
  }

  /**
   * @param {object} flow
   * @param {{canTake: boolean, late?: boolean, explains?: boolean}} offer whether a number can be
   *   taken on this page, whether it is probably too late, and whether this row says what priority is
   */
  render(flow, { canTake, late = false, explains = false }) {
    this.fetch.render({
      text: t('Staff come and fetch me'),
      pressed: flow.fetch,
      hidden: !canTake,
      off: flow.busy,
    });
    this.slip.render({ text: t('Information slip'), hidden: !canTake || !late, off: flow.busy });
    this.retry.render({ text: t('Try again'), hidden: !flow.mayRetry });
    setText(
      this.priority,
      t(
        'Priority: elderly, disability, pregnant, small children, disaster victims. No reason is asked.',
      ),
    );
    // Two buttons leave no room beside them.
    this.priority.hidden = !canTake || late || !explains;
    this.element.hidden = !canTake && !flow.mayRetry;
  }

  /** Its choices for the speaking mode. */
  speech(flow) {
    if (flow.mayRetry) return [{ element: this.retry.element, words: ['retry'] }];
    if (this.fetch.element.hidden) return [];
    return [
      { element: this.fetch.element, words: [flow.fetch ? 'fetch_on' : 'fetch'] },
      ...(this.slip.element.hidden ? [] : [{ element: this.slip.element, words: ['slip'] }]),
    ];
  }
}
