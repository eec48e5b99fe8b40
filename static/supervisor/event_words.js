/** Journal rows in words. */

import { formatElapsed, formatTime } from '../js/clock.js';
import { t } from '../js/i18n.js';
import { causeWord, counterName, outcomeWord, roleWord } from './words.js';

/** @returns {string} what happened; the code itself where it is new */
export function eventText(event) {
  return (
    {
      ticket_issued: t('number given'),
      ticket_called: t('called'),
      ticket_recalled: t('called again'),
      ticket_started: t('service began'),
      ticket_absent: t('absent'),
      ticket_finished: t('completed'),
      ticket_next_step: t('went to the next step'),
      ticket_parked: t('parked'),
      ticket_transferred: t('transferred'),
      ticket_cancelled: t('cancelled'),
      ticket_restored: t('restored'),
      ticket_reopened: t('reopened'),
      ticket_returned: t('came back'),
      ticket_reclassified: t('reclassified'),
      ticket_reprinted: t('printed again'),
      slip_given: t('slip given'),
      slip_reprinted: t('slip printed again'),
      undone: t('undone'),
      counter_opened: t('counter opened'),
      counter_closed: t('counter closed'),
      counter_closing_planned: t('closing planned'),
      counter_handed_over: t('handed over'),
      counter_changed: t('counter changed'),
      counter_removed: t('counter removed'),
      service_changed: t('service changed'),
      service_suspended: t('service suspended'),
      service_restored: t('service restored'),
      service_gives_biodata: t('biodata instead of a service'),
      service_closed: t('service closed'),
      setting_changed: t('setting changed'),
      day_started: t('office day began'),
      numbers_started: t('numbers are given'),
      day_opened: t('office opened'),
      day_held: t('opening held'),
      numbers_stopped: t('numbers stopped'),
      day_closed: t('day closed'),
      clock_confirmed: t('clock confirmed'),
      notice_sent: t('notice sent'),
      notice_ended: t('notice ended'),
      staff_added: t('staff added'),
      staff_disabled: t('staff disabled'),
      staff_pin_changed: t('new PIN'),
      device_added: t('device added'),
      device_paired: t('device paired'),
      device_revoked: t('device revoked'),
      device_configured: t('device set up'),
      device_pairing_renewed: t('new pairing code'),
      printer_changed: t('printer changed'),
      roll_changed: t('new roll of paper'),
      print_job_settled: t('paper settled'),
      alarm_raised: t('alarm'),
      alarm_acknowledged: t('alarm acknowledged'),
      alarm_cleared: t('alarm over'),
      help_called: t('help called'),
      help_answered: t('help answered'),
      rehearsal_called: t('rehearsal'),
      office_initialised: t('office set up'),
    }[event] ?? event
  );
}

/** What only a replay needs. */
const HIDDEN = ['number', 'counter', 'set', 'was'];

/** What a row tells besides: the number, the counter, and the small facts. */
export function factsText({ data = {}, number, service, counter }) {
  const facts = { number, service, counter, ...data };
  const parts = [];
  if (facts.number) parts.push(facts.number);
  if (facts.counter) parts.push(counterName(facts.counter));
  const words = factWords();
  for (const name of Object.keys({ ...words, ...facts })) {
    const value = facts[name];
    if (HIDDEN.includes(name) || value === null || value === undefined || value === '') continue;
    parts.push(t('{name}: {value}', { name: words[name] ?? name, value: factValue(name, value) }));
  }
  return parts.join(' · ');
}

/** The facts in the order in which they are read. */
function factWords() {
  return {
    key: t('setting'),
    label: t('label'),
    name: t('name'),
    kind: t('kind'),
    role: t('role'),
    service: t('service'),
    reason: t('reason'),
    rule: t('rule'),
    due: t('due'),
    candidates: t('candidates'),
    policy: t('policy'),
    cause: t('cause'),
    outcome: t('outcome'),
    blanks: t('blanks'),
    calls: t('calls'),
    nth: t('call no.'),
    passed_over: t('passed over'),
    before: t('before'),
    after: t('after'),
    from: t('from'),
    to: t('to'),
    front: t('to the front'),
    numbers: t('numbers'),
    expired: t('expired'),
    walked: t('way'),
    closes_at: t('closes'),
    override_reason: t('reason'),
    notice: t('notice'),
  };
}

function factValue(name, value) {
  if (Array.isArray(value)) return value.length ? value.join(', ') : '–';
  if (typeof value === 'object') {
    return Object.entries(value)
      .map(([inner, one]) =>
        t('{name} {value}', { name: factWords()[inner] ?? inner, value: factValue(inner, one) }),
      )
      .join(', ');
  }
  if (typeof value === 'boolean') return value ? t('yes') : t('no');
  if (name === 'due' || name.endsWith('_at')) return formatTime(value);
  if (name === 'walked') return formatElapsed(value);
  if (name === 'cause') return causeWord(value);
  if (name === 'outcome') return outcomeWord(value);
  if (name === 'role') return roleWord(value);
  return value;
}
