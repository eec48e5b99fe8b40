/**
 * The details of the journal's rows in words: no code of ours is shown where there is a name for it.
 * `state` is the supervisor's snapshot, which knows services, devices, printers and notices by name.
 */

import { formatElapsed, formatTime } from '../js/clock.js';
import { pick, t } from '../js/i18n.js';
import { eventText } from './event_words.js';
import { printerStateWord } from './print_words.js';
import { choiceText, settingText } from './setting_words.js';
import { lengthText } from './times.js';
import {
  causeWord,
  counterName,
  deviceKindWord,
  outcomeWord,
  printerKindWord,
  roleWord,
  serviceStateWord,
} from './words.js';

/** What only a replay or another row needs. */
const HIDDEN = new Set(['number', 'counter', 'set', 'was', 'help', 'job', 'slip', 'undone']);

/** What a row tells besides: the number, the counter, and the small facts. */
export function factsText(row, state) {
  const { data = {}, number, service, counter } = row;
  const facts = { number, service, counter, ...data };
  const parts = [];
  if (facts.number) parts.push(facts.number);
  if (facts.counter) parts.push(counterName(facts.counter));
  const labels = factLabels();
  for (const name of Object.keys({ ...labels, ...facts })) {
    const value = facts[name];
    if (HIDDEN.has(name) || isEmpty(value) || (name === 'printer' && facts.name)) continue;
    const text = factValue(name, value, { ...row, facts }, state);
    if (text) parts.push(labels[name] === '' ? text : t('{name}: {value}', { name: labels[name] ?? name, value: text }));
  }
  return parts.join(' · ');
}

/**
 * Who did it and where. A device that did it by itself is named once.
 * @param {{actor: string, device: string | null}} row
 */
export function byText({ actor, device }, state) {
  const who = actorWord(actor);
  const place = device ? placeName(state, device) : '';
  if (!place || place === who || device === actor || SYSTEM.has(actor)) return who;
  return t('{actor} at {device}', { actor: who, device: place });
}

/**
 * A device's name in the office.
 * @param {object} state
 * @param {string} place as in the journal, such as `kiosk:3`
 */
export function placeName(state, place) {
  const [kind, id] = String(place).split(':');
  if (kind === 'server') return t('the server');
  if (kind === 'phone') return t('a phone');
  return state.devices?.find((device) => device.id === Number(id))?.name ?? place;
}

const SYSTEM = new Set(['clock', 'command-line', 'server']);

function actorWord(actor) {
  return (
    {
      clock: t('the clock'),
      'command-line': t('the command line'),
      server: t('the server'),
      citizen: t('a visitor'),
    }[actor] ?? actor
  );
}

function isEmpty(value) {
  return value === null || value === undefined || value === '' || (Array.isArray(value) && !value.length);
}

/** The facts in the order in which they are read; those without a label speak for themselves. */
function factLabels() {
  return {
    key: '',
    label: '',
    name: '',
    device_id: '',
    printer: '',
    kind: '',
    role: '',
    service: '',
    alarm: '',
    notice: '',
    what: '',
    cause: '',
    outcome: '',
    reason: t('reason'),
    override_reason: t('reason'),
    rule: t('rule'),
    due: t('due'),
    candidates: t('candidates'),
    policy: t('policy'),
    blanks: t('card blanks'),
    calls: t('calls'),
    nth: t('call no.'),
    passed_over: t('passed over'),
    before: t('before'),
    after: t('after'),
    from: t('from'),
    to: t('to'),
    front: '',
    voter: t('voter'),
    numbers: t('numbers'),
    returned: t('back in line'),
    expired: t('expired'),
    walked: t('way'),
    closes_at: t('closes'),
    active: t('in use'),
    came_out: t('paper came out'),
    counters: t('counters'),
    doubts: t('words to look at'),
    off_by: t('off by'),
    days: t('days'),
  };
}

/** Words of one value; each gets the row, with all its facts, and the snapshot. */
const VALUES = {
  key: (value) => settingText(value).label,
  device_id: (value, row, state) => placeName(state, `device:${value}`),
  printer: (value, row, state) => state.printers?.find(({ id }) => id === value)?.name ?? String(value),
  kind: (value, { event }) => KINDS[event]?.(value) ?? value,
  role: roleWord,
  service: (value, row, state) => serviceWord(state, value),
  alarm: printingAlarmWord,
  notice: (value, row, state) =>
    pick(state.notices_available?.find(({ code }) => code === value)?.text) || value,
  what: (value) => eventText(value),
  cause: causeWord,
  outcome: outcomeWord,
  rule: ruleWord,
  policy: policyWord,
  before: beforeOrAfter,
  after: beforeOrAfter,
  to: (value, { event }, state) => {
    if (event === 'counter_handed_over') return value;
    return typeof value === 'number' ? counterName(value) : serviceWord(state, value);
  },
  front: () => t('to the front'),
  due: (value) => formatTime(value),
  closes_at: (value) => formatTime(value),
  walked: (value) => formatElapsed(value),
  off_by: (value) => lengthText(Math.abs(value)),
};

const KINDS = {
  printer_changed: printerKindWord,
  device_added: deviceKindWord,
  help_called: helpKindWord,
};

function factValue(name, value, row, state) {
  if (Array.isArray(value)) return value.join(', ');
  if (VALUES[name]) return VALUES[name](value, row, state);
  if (typeof value === 'boolean') return value ? t('yes') : t('no');
  return String(value);
}

function serviceWord(state, code) {
  const service = state.services?.find((one) => one.code === code);
  return service ? t('{letter} {service}', { letter: service.letter, service: pick(service.name) }) : code;
}

/** A setting's value, a service's state, or what a number was. */
function beforeOrAfter(value, { event, facts }, state) {
  if (event === 'setting_changed') {
    if (facts.key === 'biodata_service') return serviceWord(state, value);
    const kind = state.settings?.[facts.key]?.kind ?? '';
    return choiceText(facts.key, kind, value) || t('empty');
  }
  if (typeof value !== 'object') return serviceStateWord(value);
  const { service, voter } = value;
  return t('{service}, {voter}', {
    service: serviceWord(state, service),
    voter: voter ? t('a voter') : t('no voter'),
  });
}

/** By which rule somebody was called (docs/policy.md). */
function ruleWord(code) {
  return (
    {
      due: t('earliest due'),
      risk: t('voter who could be too late'),
      priority: t("a priority visitor's turn"),
      arrival: t('order of arrival'),
      resumed: t('set aside, time to come back'),
      by_hand: t('called by hand'),
    }[code] ?? code
  );
}

function policyWord(text) {
  const [name, version] = String(text).split('/');
  const policy = { slack: t('by due time'), fifo: t('by arrival') }[name] ?? name;
  return version ? t('{policy}, version {version}', { policy, version }) : policy;
}

function printingAlarmWord(code) {
  return (
    {
      paper_low: t('roll nearly used up by its length'),
      paper_missed: t('people say that no paper came out'),
      print_queue: t('tickets wait for paper'),
      print_unsettled: t('tickets that may not be on paper'),
    }[code] ?? printerStateWord(String(code).replace(/^printer_/, ''))
  );
}

/** What was on the kiosk when somebody asked for help. */
function helpKindWord(code) {
  return (
    {
      help: '',
      paper: t('paper or printer'),
      menu: t('in the menu'),
      recorded: t('at the question about the recording'),
      travel: t('at the question about the way'),
      ways: t('at the choice of ways'),
      service: t("at a service's page"),
      slip: t('at the information slip'),
      number: t('at the number'),
      return: t('at "I am back"'),
    }[code] ?? code
  );
}
