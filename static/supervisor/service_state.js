/** The form that interrupts a service: suspended, biodata instead, or closed for today. */

import { formatTime } from '../js/clock.js';
import { el, setText } from '../js/component.js';
import { t } from '../js/i18n.js';
import { commandForm, neededText } from './command.js';
import { checkField, selectField, timeField } from './fields.js';
import { typedMoment } from './times.js';
import { causeWord, ownName, serviceStateWord, suspendCauses } from './words.js';

/** What each state does to people, and the words of the button that brings it about. */
const STATES = {
  suspended: {
    submit: () => t('Suspend'),
    effect: () =>
      t('No new numbers and no calls. Those who wait keep number and place, and go on where they were.'),
  },
  biodata_instead: {
    submit: () => t('Give biodata instead'),
    effect: () =>
      t('No new numbers; the kiosk leads to biodata. Those who wait are called and get biodata instead.'),
  },
  closed: {
    submit: () => t('Close for today'),
    effect: () => t('No new numbers today. Those who hold a number are still called.'),
  },
};

/**
 * @param {object} options
 * @param {{code: string, name_id: string, name_en: string, state: string, cause: string | null, waiting: number}} options.service
 * @param {boolean} options.biodata whether biodata can be given instead of this one
 * @param {() => void} options.leave
 * @returns {HTMLFormElement}
 */
export function serviceStateForm({ service, biodata, leave }) {
  const codes = Object.keys(STATES).filter((code) => code !== 'biodata_instead' || biodata);
  const state = selectField({
    label: t('From now on'),
    options: codes.map((code) => [code, serviceStateWord(code)]),
    value: codes.includes(service.state) ? service.state : 'suspended',
  });
  const cause = selectField({
    label: t('Cause'),
    options: [['', t('Choose')], ...suspendCauses()],
    value: service.cause ?? '',
  });
  const back = timeField({
    label: t('Expected back at'),
    hint: t('An hour such as 10:30. Leave empty if nobody knows.'),
  });
  const move = checkField({
    label: t('Move those who wait to biodata, with number and place ({count})', { count: service.waiting }),
    checked: true,
  });
  const effect = el('p', { class: 'field field-wide soft' });
  const form = commandForm({
    title: t('Suspend {name}?', { name: ownName(service) }),
    fields: [state, cause, back, move, effect],
    submit: t('Suspend'),
    alert: true,
    cancel: leave,
    done: leave,
    request: () => {
      const body = {
        state: state.input.value,
        cause: neededText(cause, t('Choose a cause.')),
        expected_back: typedMoment(back),
      };
      if (!move.hidden) body.move_waiting = move.input.checked;
      return [`/api/services/${service.code}/state`, body];
    },
  });
  const show = () => {
    const chosen = STATES[state.input.value];
    setText(effect, chosen.effect());
    setText(form.querySelector('button[type=submit]'), chosen.submit());
    move.hidden = state.input.value !== 'biodata_instead' || service.waiting === 0;
    back.hidden = state.input.value === 'closed';
    if (back.hidden) back.input.value = '';
  };
  state.input.addEventListener('change', show);
  show();
  return form;
}

/**
 * Why a service is interrupted and until when; empty for an open one.
 * @param {{state: string, cause: string | null, expected_back: number | null}} service
 */
export function interruptionText({ state, cause, expected_back: back }) {
  if (state === 'open' || !cause) return '';
  if (!back) return causeWord(cause);
  return t('{cause}, expected back {time}', { cause: causeWord(cause), time: formatTime(back) });
}
