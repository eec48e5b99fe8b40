/**
 * What can be done at this counter with one key. `legal` decides whether the button is there at
 * all; `run` gets the desk. The order is the order of the buttons.
 */

import { t } from '../js/i18n.js';
import { absenceWord, inSecondsWord, undoWord } from './words.js';

/**
 * @typedef {object} Action
 * @property {string} id
 * @property {string} key as KeyboardEvent.key, lower case
 * @property {(view: object) => boolean} legal
 * @property {(view: object) => string} [soon] what is still missing before it is legal, shown below
 *   its name; '' if it is not about to be
 * @property {(view: object) => string} label
 * @property {(desk: object, view: object) => void} run
 * @property {'main' | 'second' | 'third'} weight
 */

/** When somebody set aside by the link key is called again, unless the link is back earlier. */
const LINK_BACK_MINUTES = 15;

/** The notice that the deadline of the polling stations is near. */
const DEADLINE_NOTICE = 'deadline_near';

const may = (command) => (view) => view.may.has(command);

/** @type {Action[]} */
export const ACTIONS = [
  {
    id: 'start',
    key: 'enter',
    weight: 'main',
    legal: may('start'),
    label: () => t('Start serving'),
    run: (desk) => desk.send('start'),
  },
  {
    id: 'finish-next',
    key: ' ',
    weight: 'main',
    legal: (view) => view.may.has('finish') && view.calling,
    label: () => t('Finish & call next'),
    run: (desk) => desk.finish(true),
  },
  {
    id: 'call-next',
    key: ' ',
    weight: 'main',
    legal: (view) => view.may.has('call-next') && view.callable,
    soon: (view) => (view.may.has('call-next') ? t('as soon as somebody waits') : ''),
    label: () => t('Call next'),
    run: (desk) => desk.send('call-next'),
  },
  {
    id: 'open',
    key: 'enter',
    weight: 'main',
    legal: may('open'),
    label: () => t('Open counter'),
    run: (desk) => desk.openPanel('open'),
  },
  {
    id: 'take-over',
    key: 'o',
    weight: 'main',
    legal: may('take-over'),
    label: () => t('Take over this counter'),
    run: (desk) => desk.send('take-over'),
  },
  {
    id: 'issue-here',
    key: 'a',
    weight: 'main',
    legal: (view) => view.mode === 'none' && view.issuing,
    label: () => t('Give a number'),
    run: (desk) => desk.openPanel('issue'),
  },
  {
    id: 'resume',
    key: 'd',
    weight: 'second',
    legal: (view) => view.resumable.length > 0,
    label: ({ resumable: [{ number }] }) => t('Call {number} back', { number }),
    run: (desk, { resumable: [{ id }] }) => desk.send('resume', { ticket: id }),
  },
  {
    id: 'finish',
    key: 's',
    weight: 'second',
    legal: may('finish'),
    label: () => t('Finish only'),
    run: (desk) => desk.finish(false),
  },
  {
    id: 'next-step',
    key: 'l',
    weight: 'second',
    legal: may('next-step'),
    label: () => t('Next step'),
    run: (desk) => desk.nextStep(),
  },
  {
    id: 'recall',
    key: 'r',
    weight: 'second',
    legal: may('recall'),
    soon: ({ mode, counter, now }) => (mode === 'called' ? inSecondsWord(counter.recall_at - now) : ''),
    label: () => t('Call again'),
    run: (desk) => desk.send('recall'),
  },
  {
    id: 'no-show',
    key: 'n',
    weight: 'second',
    legal: may('no-show'),
    soon: ({ mode, counter, ticket, now }) =>
      mode === 'called' ? absenceWord(ticket.calls_missing ?? 0, counter.no_show_at - now) : '',
    label: () => t('Absent'),
    run: (desk) => desk.send('no-show'),
  },
  {
    id: 'park',
    key: 'p',
    weight: 'second',
    legal: may('park'),
    label: () => t('Park'),
    run: (desk) => desk.openPanel('park'),
  },
  {
    id: 'park-link',
    key: 'j',
    weight: 'second',
    legal: may('park'),
    label: () => t('Link down'),
    run: (desk) => desk.send('park', { cause: 'link', due_back_minutes: LINK_BACK_MINUTES }),
  },
  {
    id: 'transfer',
    key: 't',
    weight: 'second',
    legal: may('transfer'),
    label: () => t('Transfer'),
    run: (desk) => desk.openPanel('transfer'),
  },
  {
    id: 'reclassify',
    key: 'e',
    weight: 'third',
    legal: may('reclassify'),
    label: () => t('Change'),
    run: (desk, { ticket }) => desk.openPanel('reclassify', ticket),
  },
  {
    id: 'cancel',
    key: 'x',
    weight: 'third',
    legal: may('cancel'),
    label: () => t('Cancel number'),
    run: (desk, { ticket }) => desk.openPanel('cancel', ticket),
  },
  {
    id: 'reprint',
    key: 'c',
    weight: 'third',
    legal: may('reprint'),
    label: () => t('Print again'),
    run: (desk, { ticket }) => desk.reprint(ticket.id),
  },
];

/** @type {Action} stands apart: it is offered in every state */
export const UNDO = {
  id: 'undo',
  key: 'u',
  weight: 'second',
  legal: may('undo'),
  label: ({ undo }) => undoWord(undo.command),
  run: (desk) => desk.send('undo'),
};

/** @type {Action[]} the tools in the bar, whatever the counter holds */
export const TOOLS = [
  {
    id: 'issue',
    key: 'a',
    weight: 'third',
    legal: (view) => view.mode !== 'none' && view.issuing,
    label: () => t('Give a number'),
    run: (desk) => desk.openPanel('issue'),
  },
  {
    id: 'notices',
    key: 'm',
    weight: 'third',
    legal: ({ me }) => me.role !== 'reception',
    label: () => t('Notices'),
    run: (desk) => desk.openPanel('notices'),
  },
  {
    id: 'counter',
    key: 'k',
    weight: 'third',
    legal: may('close'),
    label: () => t('Counter'),
    run: (desk) => desk.openPanel('counter'),
  },
  {
    id: 'plan',
    key: 'k',
    weight: 'third',
    legal: (view) => view.may.has('plan-closing') && !view.may.has('close'),
    label: () => t('Closing time'),
    run: (desk) => desk.openPanel('plan'),
  },
  {
    id: 'hand-over',
    key: 'h',
    weight: 'third',
    legal: may('hand-over'),
    label: () => t('Hand over'),
    run: (desk) => desk.openPanel('handOver'),
  },
  {
    id: 'keys',
    key: '?',
    weight: 'third',
    legal: () => true,
    label: () => t('Keys'),
    run: (desk) => desk.openPanel('keys'),
  },
];

/** @type {Action} */
export const HELP = {
  id: 'help',
  key: 'y',
  weight: 'second',
  legal: ({ snapshot }) => snapshot.help.length > 0,
  label: () => t('I am coming'),
  run: (desk, { snapshot }) => desk.answerHelp(snapshot.help[0].id),
};

/** @type {Action} without a button: the red band names its key */
export const DEADLINE = {
  id: 'deadline',
  key: 'g',
  weight: 'third',
  legal: ({ me, snapshot }) =>
    me.role !== 'reception' && snapshot.voters?.red === true && snapshot.notice?.code !== DEADLINE_NOTICE,
  label: () => t('Announce the deadline'),
  run: (desk) => desk.sendNotice({ notice: DEADLINE_NOTICE }),
};

/** @param {string} key as in an Action @returns {string} as printed on a button */
export function keyWord(key) {
  if (key === ' ') return t('Space');
  return key === 'enter' ? 'Enter' : key.toUpperCase();
}
