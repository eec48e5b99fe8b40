/** The counter screen's words for codes of the protocol. Each is called when it is drawn. */

import { formatTime } from '../js/clock.js';
import { pick, t } from '../js/i18n.js';
import { lengthWord } from '../js/length.js';

const MINUTE_MS = 60_000;

const OUTCOMES = {
  done: () => t('Done'),
  biodata_instead: () => t('Biodata given instead'),
  card_later: () => t('Card later'),
  documents_incomplete: () => t('Documents incomplete'),
  refused_by_system: () => t('Refused by the system'),
  referred: () => t('Referred elsewhere'),
  next_step: () => t('Went on to the next step'),
};

const CAUSES = {
  link: () => t('SIAK link'),
  prr: () => t('Waiting for PRR'),
  documents: () => t('Fetching documents'),
  blanks: () => t('No card blanks'),
  recording_set: () => t('Recording set out of order'),
  power: () => t('Power cut'),
  other: () => t('Other cause'),
};

const DEEDS = {
  ticket_called: () => t('Undo the call'),
  ticket_recalled: () => t('Undo the recall'),
  ticket_started: () => t('Undo the start'),
  ticket_absent: () => t('Undo the absence'),
  ticket_finished: () => t('Undo the finish'),
  ticket_next_step: () => t('Undo the next step'),
  ticket_parked: () => t('Undo the parking'),
  ticket_transferred: () => t('Undo the transfer'),
};

const HELP = {
  help: (params) => t('{place} calls for staff', params),
  paper: (params) => t('{place}: paper or printer', params),
};

const WHY = {
  risk: (params) => t('at risk, start by {time}', params),
  late: (params) => t('past the TPS limit, due {time}', params),
  held: () => t('came back, lets others go first'),
  front: (params) => t('put in front at {time}', params),
  due: (params) => t('due {time}', params),
  arrival: (params) => t('arrived {time}', params),
};

const PHASES = {
  before: () => t('Not open yet'),
  numbers: () => t('Calling has not begun'),
  closed: () => t('The day is closed'),
};

/** @param {string} code */
export const outcomeWord = (code) => OUTCOMES[code]?.() ?? code;

/** @param {string | null} code */
export const causeWord = (code) => (CAUSES[code] ?? CAUSES.other)();

/** @param {string} event the journal's name of what can be undone */
export const undoWord = (event) => DEEDS[event]?.() ?? t('Undo');

/** @param {{kind: string, name: string}} call `name`: of the kiosk */
export const helpWord = ({ kind, name }) => (HELP[kind] ?? HELP.help)({ place: name });

/** @param {number} ms since then */
export const agoWord = (ms) =>
  ms < MINUTE_MS ? t('just now') : t('{time} ago', { time: minutes(ms) });

/** @param {string | null} phase one in which no number is called */
export const phaseWord = (phase) => (PHASES[phase] ?? PHASES.before)();

/** Why a waiting ticket stands where it stands. */
export function whyWord({ why, arrival, for_counter: counter }) {
  if (counter) return t('for counter {number}', { number: counter });
  const at = why.rule === 'arrival' ? arrival : why.at;
  return (WHY[why.rule] ?? WHY.due)({ time: formatTime(at) });
}

/** @param {number} ms a length of time, written in whole minutes; from two hours on in hours too */
export const minutes = (ms) => lengthWord(Math.max(0, Math.floor(ms / MINUTE_MS)));

/** @param {{name: {id: string, en: string}}} service */
export const serviceWord = (service) => pick(service.name);

/** A service with the letter of its numbers, such as "A Biodata". */
export const letteredWord = (service) =>
  t('{letter} {service}', { letter: service.letter, service: serviceWord(service) });

/** When something may be done; empty when it may be now. */
export function inSecondsWord(ms) {
  const seconds = Math.ceil(Math.max(0, ms) / 1000);
  return seconds > 0 ? t('in {seconds} s', { seconds }) : '';
}

/** What is still missing before somebody counts as absent; empty when nothing is. */
export function absenceWord(calls, ms) {
  const seconds = Math.ceil(Math.max(0, ms) / 1000);
  if (calls > 0 && seconds > 0) {
    return calls === 1
      ? t('after 1 more call and {seconds} s', { seconds })
      : t('after {calls} more calls and {seconds} s', { calls, seconds });
  }
  if (calls > 0) return calls === 1 ? t('after 1 more call') : t('after {calls} more calls', { calls });
  return inSecondsWord(ms);
}
