/** All keys of this screen on one page. */

import { el } from '../../js/component.js';
import { t } from '../../js/i18n.js';
import { ACTIONS, DEADLINE, HELP, keyWord, TOOLS, UNDO } from '../actions.js';

/** Every key. */
export function keysPanel() {
  const rows = [...ACTIONS, UNDO, ...TOOLS, HELP, DEADLINE].map(({ key, id }) => [keyWord(key), KEY_WORDS[id]()]);
  const more = [
    ['1–6', t('Outcome')],
    ['B', t('One more card blank')],
    ['⇧ B', t('One card blank less')],
    ['W', t('Into the waiting list')],
    ['Esc', t('Close a panel')],
  ];
  return {
    title: t('Keys'),
    fields: [],
    submit: '',
    onSubmit: () => {},
    more: [
      el(
        'dl',
        { class: 'keys' },
        ...[...rows, ...more].map(([key, text]) =>
          el('div', {}, el('dt', {}, el('kbd', { text: key })), el('dd', { text })),
        ),
      ),
    ],
  };
}

const KEY_WORDS = {
  open: () => t('Open counter'),
  start: () => t('Start serving'),
  'finish-next': () => t('Finish & call next'),
  'call-next': () => t('Call next'),
  'take-over': () => t('Take over this counter'),
  resume: () => t('Call a parked number back'),
  finish: () => t('Finish only'),
  'next-step': () => t('Next step'),
  recall: () => t('Call again'),
  'no-show': () => t('Absent'),
  'park-link': () => t('Park: link down'),
  park: () => t('Park'),
  transfer: () => t('Transfer'),
  reclassify: () => t('Change'),
  cancel: () => t('Cancel number'),
  reprint: () => t('Print again'),
  undo: () => t('Undo'),
  issue: () => t('Give a number'),
  notices: () => t('Notices'),
  deadline: () => t('Announce the deadline'),
  counter: () => t('This counter'),
  plan: () => t('Closing time'),
  'hand-over': () => t('Hand over'),
  keys: () => t('Keys'),
  help: () => t('I am coming'),
};
