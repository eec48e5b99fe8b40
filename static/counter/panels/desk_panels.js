/** Panels about the counter and the hall: open and close, closing time, hand over, notices. */

import { clock, formatTime } from '../../js/clock.js';
import { el } from '../../js/component.js';
import { pick, t } from '../../js/i18n.js';
import { choice, many, time } from '../fields.js';
import { letteredWord } from '../words.js';

const DAY_MIN = 24 * 60;
const MINUTE_MS = 60_000;

/** Open the counter, or change what it serves. */
export function counterPanel(desk, { snapshot, counter, may }) {
  const isOpen = counter.state === 'open';
  const close = () => desk.send('close');
  return {
    title: isOpen ? t('This counter') : t('Open this counter'),
    fields: [servicesField(snapshot, counter), closingField(counter)],
    submit: isOpen ? t('Save') : t('Open counter'),
    onSubmit: async ({ services, closes_at: text }) => {
      const closesAt = momentOf(text);
      const planned = isOpen && counter.closes_at !== null;
      if (isOpen && sameSet(services, counter.services)) {
        desk.send('plan-closing', { closes_at: closesAt });
      } else if (await desk.send('open', { services, closes_at: closesAt })) {
        // Opening keeps a plan that it is not told of.
        if (planned && closesAt === null) desk.send('plan-closing', { closes_at: null });
      }
    },
    more: may.has('close') ? [desk.panelButton(t('Close counter'), close)] : [],
  };
}

function sameSet(some, others) {
  return some.length === others.length && some.every((one) => others.includes(one));
}

function servicesField(snapshot, counter) {
  const options = snapshot.services
    .filter(({ state }) => state !== 'closed')
    .map((service) => ({
      value: service.code,
      label: letteredWord(service),
    }));
  return many('services', t('Services here'), options, counter.services, t('Choose at least one.'));
}

function closingField(counter) {
  const initial = counter.closes_at ? formatTime(counter.closes_at) : '';
  return time('closes_at', t('Planned closing (empty: none)'), initial);
}

/** When this counter is going to close; the order of calling depends on it. */
export function planPanel(desk, { counter }) {
  return {
    title: t('Closing time of this counter'),
    fields: [closingField(counter)],
    submit: t('Save'),
    onSubmit: ({ closes_at: closesAt }) =>
      desk.send('plan-closing', { closes_at: momentOf(closesAt) }),
  };
}

/** Pass the counter to somebody else, with the ticket in hand. */
export function handOverPanel(desk, { snapshot, counter }) {
  const others = snapshot.staff.filter((label) => label !== counter.staff);
  return {
    title: t('Hand this counter over'),
    fields: [
      choice(
        'to',
        t('To whom'),
        others.map((label) => ({ value: label, label })),
      ),
    ],
    submit: t('Hand over'),
    onSubmit: (values) => desk.send('hand-over', values),
  };
}

/** Notices for every display, each spoken once. */
export function noticesPanel(desk, { snapshot }) {
  const { notice } = snapshot;
  const running = notice
    ? [
        el('p', { class: 'notice', text: pick(notice.text) }),
        desk.panelButton(t('Take the notice off'), () => desk.endNotice()),
      ]
    : [];
  const options = snapshot.notices_available.map(({ code, text }) => ({
    value: code,
    label: pick(text),
  }));
  return {
    title: t('Notices'),
    fields: [choice('notice', t('Shown and spoken in the hall'), options)],
    submit: t('Send'),
    onSubmit: (values) => desk.sendNotice(values),
    more: running,
  };
}

/**
 * The moment of a time of day, today in the office's zone (tomorrow for a night's hours).
 *
 * @param {string | undefined} text `HH:MM`
 * @returns {number | null} UTC ms
 */
export function momentOf(text) {
  if (!text) return null;
  const now = clock.now();
  let away = minutesOf(text) - minutesOf(formatTime(now, 'en'));
  if (away < -DAY_MIN / 2) away += DAY_MIN;
  return Math.floor(now / MINUTE_MS) * MINUTE_MS + away * MINUTE_MS;
}

function minutesOf(text) {
  const [hours, rest] = text.split(':').map(Number);
  return hours * 60 + rest;
}
