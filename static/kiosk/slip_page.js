/** For somebody who is probably too late: when they came, and what else they can do. */

import { formatTime } from '../js/clock.js';
import { el, setText, setWords } from '../js/component.js';
import { pick, t } from '../js/i18n.js';
import { Button } from './button.js';

export class SlipPage {
  /**
   * @param {{take: Function, done: Function, reprint: Function}} actions `take`: back to where a
   *   number is taken
   */
  constructor(actions) {
    this.title = el('h1', { tabindex: '-1' });
    this.came = el('p', { class: 'slip-came' });
    this.code = el('p', { class: 'slip-code' });
    this.paper = el('p', { role: 'status' });
    this.still = el('h2');
    this.ways = Array.from({ length: 4 }, () => el('li'));
    this.take = new Button(actions.take, { kind: 'choice' });
    this.reprint = new Button(actions.reprint, { kind: 'choice' });
    this.done = new Button(actions.done, { kind: 'choice button-primary' });
    this.head = el('div', { class: 'head' }, this.title, this.came, this.code, this.paper);
    this.body = el(
      'div',
      { class: 'body' },
      el('div', { class: 'slip-still' }, this.still, el('ul', {}, ...this.ways)),
      el(
        'div',
        { class: 'choices' },
        this.take.element,
        this.reprint.element,
        this.done.element,
      ),
    );
  }

  render({ flow, snapshot, state, paper }) {
    const { slip } = flow;
    if (!slip) return;
    const service = snapshot?.services.find((one) => one.code === slip.service);
    setWords(this.title, t('Information slip'));
    setText(
      this.came,
      t('You came at {time} for {service}.', {
        time: formatTime(slip.arrival),
        service: service ? pick(service.name) : slip.service,
      }),
    );
    setText(this.code, t('Code of this slip: {code}', { code: slip.trace }));
    setText(
      this.paper,
      paper === 'none' || paper === 'fault'
        ? t('Write this code down or photograph it.')
        : t('Please take the slip from the printer.'),
    );
    setText(this.still, t('What you can still do'));
    const texts = [
      t('Take a number all the same, as long as numbers are given.'),
      t('Card (KTP-el) or Biodata with a photo; ask KPPS/KPU about other documents.'),
      t('What counts at the TPS is decided by KPPS.'),
      t('This office makes the document on other days too, free of charge.'),
    ];
    texts.forEach((text, place) => setText(this.ways[place], text));
    this.take.render({ text: t('Still take a number'), hidden: !state.open });
    this.done.render({ text: t('Done') });
    this.reprint.render({
      text: t('No paper came out?'),
      hidden: paper === 'none' || flow.reprinted,
    });
  }

  /** @returns {import('./speaking.js').Speech} */
  speech({ flow, paper }) {
    const printed = paper === 'coming' || paper === 'out' ? ['paper'] : [];
    const code = flow.slip ? [`code:${flow.slip.trace}`] : [];
    return {
      state: `slip ${flow.slip?.id}`,
      words: [
        'slip_given',
        ...printed,
        'code',
        ...code,
        'code',
        ...code,
        'kpps',
      ],
      choices: [
        ...(this.take.element.hidden
          ? []
          : [{ element: this.take.element, words: ['take_anyway'] }]),
        { element: this.done.element, words: ['done'] },
        ...(this.reprint.element.hidden
          ? []
          : [{ element: this.reprint.element, words: ['reprint'] }]),
      ],
    };
  }
}
