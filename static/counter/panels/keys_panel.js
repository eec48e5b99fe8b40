/** All keys of this screen on one page, in the order of a morning. */

import { el } from '../../js/component.js';
import { t } from '../../js/i18n.js';
import { ACTIONS, DEADLINE, HELP, keyWord, TOOLS, UNDO } from '../actions.js';

const KEYS = Object.fromEntries(
  [...ACTIONS, UNDO, ...TOOLS, HELP, DEADLINE].map(({ id, key }) => [id, keyWord(key)]),
);

/** Every key. */
export function keysPanel() {
  return {
    title: t('Keys'),
    fields: [],
    submit: '',
    onSubmit: () => {},
    more: [el('div', { class: 'keys' }, ...groups().map(([title, rows]) => group(title, rows)))],
  };
}

function group(title, rows) {
  const row = ([key, text]) =>
    el('div', {}, el('dt', {}, el('kbd', { text: key })), el('dd', { text }));
  return el('section', {}, el('h3', { text: title }), el('dl', {}, ...rows.map(row)));
}

function groups() {
  return [
    [
      t('Calling'),
      [
        [KEYS['call-next'], t('Call next')],
        [KEYS.resume, t('Call a parked number back')],
        [KEYS.start, t('Start serving')],
        [KEYS.recall, t('Call again')],
        [KEYS['no-show'], t('Absent')],
      ],
    ],
    [
      t('Serving'),
      [
        [KEYS['finish-next'], t('Finish & call next')],
        [KEYS.finish, t('Finish only')],
        [KEYS['next-step'], t('Next step')],
        ['1–6', t('Outcome')],
        ['B', t('One more card blank')],
        ['⇧ B', t('One card blank less')],
      ],
    ],
    [
      t('The number in hand'),
      [
        [KEYS.park, t('Park')],
        [KEYS['park-link'], t('Park: link down')],
        [KEYS.transfer, t('Transfer')],
        [KEYS.reclassify, t('Change')],
        [KEYS.cancel, t('Cancel number')],
        [KEYS.reprint, t('Print again')],
      ],
    ],
    [
      t('Always'),
      [
        [KEYS.undo, t('Undo')],
        [KEYS.issue, t('Give a number')],
        ['W', t('Into the waiting list')],
        [KEYS.notices, t('Notices')],
        [KEYS.help, t('I am coming')],
        [KEYS.deadline, t('Announce the deadline')],
        [KEYS.keys, t('Keys')],
        ['Esc', t('Back')],
      ],
    ],
    [
      t('This counter'),
      [
        [KEYS.open, t('Open counter')],
        [KEYS.counter, t('Services, closing')],
        [KEYS['hand-over'], t('Hand over')],
        [KEYS['take-over'], t('Take over this counter')],
      ],
    ],
  ];
}
