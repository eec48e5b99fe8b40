/** Giving a number to somebody at the desk. */

import { el } from '../../js/component.js';
import { t } from '../../js/i18n.js';
import { check, choice, reason, select, when } from '../fields.js';
import { letteredWord, minutes } from '../words.js';
import { travelTimes } from './travel.js';

/** Refusals that staff may overrule with a reason. */
const OVERRULABLE = new Set(['quota_reached', 'pacing', 'cannot_finish', 'no_more_numbers']);

/**
 * Give a number to somebody who cannot use the kiosk.
 *
 * @param {{refusal: string, values: object} | null} again what was asked before and why it was refused
 */
export function issuePanel(desk, { snapshot }, again) {
  const closing = snapshot.phase === 'serving_out' ? 'no_more_numbers' : null;
  const { refusal = closing, values: before = {} } = again ?? {};
  const services = snapshot.services
    .filter(({ state }) => state === 'open')
    .map((service) => ({ value: service.code, label: letteredWord(service) }));
  const polling = snapshot.hours.poll_close !== null;
  const languages = [
    { value: 'id', label: 'Indonesia' },
    { value: 'en', label: 'English' },
  ];
  const overrule = OVERRULABLE.has(refusal)
    ? reason('override_reason', t('Reason for giving it all the same'), [], { required: true })
    : null;
  return {
    title: t('Give a number'),
    focus: again ? overrule?.input : undefined,
    fields: [
      choice('service', t('Service'), services, before.service),
      check('priority', t('Priority'), before.priority),
      ...(polling
        ? [
            check('voter', t('Needs the document for a TPS today'), before.voter),
            when(
              select('travel_minutes', t('Way to the TPS'), travelTimes(), before.travel_minutes),
              ({ voter }) => voter,
            ),
          ]
        : []),
      select('language', t('Language of the ticket'), languages, before.language ?? 'id'),
      ...(overrule ? [overrule] : []),
    ],
    submit: t('Give a number'),
    onSubmit: (values) => desk.issue(values),
  };
}

/** The number that was given. */
export function issuedPanel(desk, view, ticket) {
  const lines = [t('{count} people ahead', { count: ticket.people_ahead })];
  if (ticket.wait) {
    lines.push(
      t('About {low} to {high}', {
        low: minutes(ticket.wait.low * 60_000),
        high: minutes(ticket.wait.high * 60_000),
      }),
    );
  }
  return {
    title: t('Number given'),
    fields: [],
    submit: '',
    onSubmit: () => {},
    more: [
      el('p', { class: 'number panel-number', text: ticket.number }),
      ...lines.map((text) => el('p', { text })),
      desk.panelButton(t('Give another number'), () => desk.openPanel('issue')),
      desk.panelButton(t('Print again'), () => desk.reprint(ticket.id)),
    ],
  };
}
