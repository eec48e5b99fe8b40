/**
 * From the snapshot to what the hall sees. Only the calls' order in large is not decided here: that
 * is the CallQueue's.
 */

import { formatEnd, formatTime } from '../js/clock.js';
import { pick, t } from '../js/i18n.js';
import { cutOffLines, waitingItem } from './outlook.js';

const GONE = new Set(['waiting', 'suspended', 'cancelled', 'expired', 'no_show']);
const NOTICE_AGE_MS = 15 * 60_000;
const EARLIER_NOTICES = 2;
const GOOD_NEWS = 'resumed'; // the notice that service goes on

/** Why a service stands still, in words. */
const CAUSES = {
  blanks: () => t('no card blanks'),
  link: () => t('central link down'),
  recording_set: () => t('recording set out of order'),
  power: () => t('power cut'),
  other: () => t('for now'),
};

/**
 * The snapshot without what this display does not show.
 *
 * @param {object} snapshot as of /api/board
 * @param {{zone: string, services: string[]}} config '' and [] show everything
 */
export function narrow(snapshot, { zone, services }) {
  const counters = new Set(
    snapshot.counters
      .filter((counter) => !zone || !counter.zone || counter.zone === zone)
      .map((counter) => counter.number),
  );
  const shown = snapshot.services.filter(
    (service) => services.length === 0 || services.includes(service.code),
  );
  const letters = new Set(shown.map((service) => service.letter));
  const ours = (number) => services.length === 0 || letters.has(number.split('-')[0]);
  const here = (call) => ours(call.number) && (!zone || counters.has(call.counter));
  return {
    ...snapshot,
    services: shown,
    calls: snapshot.calls.filter(here),
    current: snapshot.current.filter(here),
    parked: snapshot.parked.filter(ours),
    suspended: snapshot.suspended.filter(ours),
    absent: snapshot.absent.filter(ours),
  };
}

/**
 * The call in large: the one that is being announced; between two announcements the last one while
 * it stands, else the newest that somebody still has to follow.
 *
 * @param {object | null} announced the call that is being announced
 * @param {object | null} shown the last that was
 * @returns {{number: string, counter: number, state: string} | null}
 */
export function featuredCall(snapshot, announced, shown) {
  if (announced) return { ...announced, state: 'called' };
  const last = shown && (snapshot.calls.find((call) => call.id === shown.id) ?? shown);
  if (last && isCalled(snapshot, last)) return { ...last, state: 'called' };
  const newest = [...snapshot.current].sort((one, other) => other.called_at - one.called_at)[0];
  if (newest) return { number: newest.number, counter: newest.counter, state: 'called' };
  return last && !GONE.has(last.state) ? { ...last, state: 'serving' } : null;
}

function isCalled(snapshot, { number, counter }) {
  return snapshot.current.some((call) => call.number === number && call.counter === counter);
}

/**
 * The smaller calls: first all that are still to be followed, then the latest others.
 *
 * @param {{number: string} | null} featured left out
 * @returns {{key: string, number: string, counter: number, called: boolean}[]} newest first
 */
export function recentCalls(snapshot, featured) {
  const rows = new Map();
  const add = ({ number, counter }, called) => {
    if (number !== featured?.number && !rows.has(number)) {
      rows.set(number, { key: number, number, counter, called });
    }
  };
  const current = [...snapshot.current].sort((one, other) => other.called_at - one.called_at);
  for (const call of current) add(call, true);
  const calls = [...snapshot.calls].sort((one, other) => other.id - one.id);
  for (const call of calls) if (!GONE.has(call.state)) add(call, false);
  return [...rows.values()];
}

/** The lists at the side: who waits for what, and whose number is kept aside. */
export function sideBlocks(snapshot) {
  const waiting = snapshot.services
    .filter((service) => service.state !== 'closed')
    .map(waitingItem);
  const table = snapshot.services.some(({ wait }) => wait);
  const plain = (numbers) => [...numbers].sort(byNumber).map((text) => ({ text, paused: false }));
  return [
    { title: t('Waiting'), items: waiting, table },
    { title: t('Parked'), items: plain(snapshot.parked) },
    { title: t('Held'), items: plain(snapshot.suspended) },
    { title: t('Absent'), items: plain(snapshot.absent) },
  ];
}

/** So that everybody finds their own in a list. */
const byNumber = new Intl.Collator('en', { numeric: true }).compare;

/**
 * The lines of the bar at the top, shown in turn. A notice that is being given takes it alone.
 *
 * @param {boolean} noticeShown whether the notice was already over the whole screen
 * @returns {{text: string, alert: boolean}[]}
 */
export function tickerLines(snapshot, now, noticeShown) {
  const { notice, office } = snapshot;
  if (notice && noticeShown) {
    const alert = notice.code !== GOOD_NEWS;
    return [notice.text.id, notice.text.en].map((text) => ({ text, alert }));
  }
  const stopped = snapshot.services.filter((service) => service.state !== 'open').map(stoppedLine);
  const earlier = (snapshot.notices ?? [])
    .filter((past) => snapshot.phase !== 'closed' && now - past.at < NOTICE_AGE_MS)
    .slice(0, EARLIER_NOTICES)
    .map((past) => t('{time}: {text}', { time: formatTime(past.at), text: pick(past.text) }));
  const line = (text) => ({ text, alert: false });
  return [
    ...cutOffLines(snapshot, now),
    ...[office.name, ...phaseLines(snapshot), ...stopped].map(line),
    ...[...ownLines(snapshot), ...outOfOrderLines(snapshot), ...earlier].map(line),
  ];
}

/** What the office itself has to say, in the display's language first. */
function ownLines({ ticker }) {
  const text = pick(ticker);
  return text ? [text] : [];
}

/** That staff called by hand, against the rule: everybody may see how often. */
function outOfOrderLines({ out_of_order: count }) {
  return count > 0 ? [t('Called out of order today: {count}', { count })] : [];
}

/**
 * How loud it is now, in per cent.
 *
 * @param {[number, number][]} volumes minutes after midnight and per cent, by hour
 * @param {string} time of the office, such as 08.41
 */
export function volumeAt(volumes, time) {
  const [hour, minute] = time.split(/[.:]/).map(Number);
  const now = hour * 60 + minute;
  const past = volumes.filter(([from]) => from <= now);
  return (past.at(-1) ?? [0, 100])[1];
}

function stoppedLine(service) {
  const values = {
    letter: service.letter,
    service: pick(service.name),
    cause: (CAUSES[service.cause] ?? CAUSES.other)(),
    time: formatTime(service.expected_back),
  };
  if (service.state === 'closed') {
    return service.cause
      ? t('{letter} {service}: closed today, {cause}.', values)
      : t('{letter} {service}: closed today.', values);
  }
  if (service.state === 'biodata_instead') {
    return service.expected_back
      ? t('{letter} {service}: {cause}. Biodata instead until about {time}.', values)
      : t('{letter} {service}: {cause}. Biodata instead.', values);
  }
  if (service.expected_back) {
    return t('{letter} {service}: suspended, {cause}. Expected back {time}.', values);
  }
  return t('{letter} {service}: suspended, {cause}.', values);
}

function phaseLines({ phase, hours }) {
  if (phase === 'serving_out') return [t('No more new numbers. Yours stays valid.')];
  if (phase === 'open' && hours.closes) {
    return [t('Open until {time}', { time: formatEnd(hours.closes) })];
  }
  return [];
}

/**
 * What stands in large when no number does.
 *
 * @returns {{title: string, text: string}}
 */
export function idleMessage({ phase, held, hours }) {
  const opens = formatTime(hours.opens);
  if (phase === 'closed') {
    return { title: t('Closed for today'), text: t('Thank you for coming.') };
  }
  if (held) {
    return { title: t('Opening a little later'), text: t('Your number stays valid.') };
  }
  if (!phase || phase === 'before') {
    const from = { time: formatTime(hours.numbers_from) };
    return {
      title: opens ? t('Opens at {time}', { time: opens }) : t('Not open yet'),
      text: from.time ? t('Numbers are given from {time}.', from) : t('Please wait.'),
    };
  }
  if (phase === 'numbers') {
    return {
      title: t('Please take a number'),
      text: opens ? t('Calling starts at {time}.', { time: opens }) : t('Please wait.'),
    };
  }
  return { title: t('Welcome'), text: t('Please wait for your number.') };
}
