/** What the kiosk may do now, and the words for why not. Pure: no page, no clock of its own. */

import { formatTime } from '../js/clock.js';
import { pick, t } from '../js/i18n.js';
import { causeText } from '../js/words.js';

/**
 * The state of the whole kiosk.
 * @param {object | null} snapshot
 * @param {{online: boolean, lastGood: number | null, status: number | null}} connection
 * @returns {{code: string, open: boolean}} `open`: numbers can be taken
 */
export function kioskState(snapshot, connection) {
  if ([401, 403].includes(connection.status)) return { code: 'unpaired', open: false };
  if (!connection.online) return { code: snapshot ? 'offline' : 'connecting', open: false };
  if (!snapshot) return { code: 'connecting', open: false };
  if (snapshot.clock?.in_doubt) return { code: 'clock', open: false };
  if (snapshot.trouble) return { code: 'trouble', open: false };
  const givesNumbers = ['numbers', 'open'].includes(snapshot.phase);
  if (givesNumbers && listedServices(snapshot).length === 0) return { code: 'none', open: false };
  if (snapshot.phase === 'numbers') return { code: snapshot.held ? 'held' : 'numbers', open: true };
  return { code: snapshot.phase ?? 'before', open: snapshot.phase === 'open' };
}

/** The services that the first page offers. */
export function listedServices(snapshot) {
  const unlisted = snapshot?.unlisted ?? [];
  return (snapshot?.services ?? []).filter((service) => !unlisted.includes(service.code));
}

/**
 * The sentence for the kiosk's state.
 * @param {string} code of kioskState
 * @param {object | null} snapshot
 * @param {{lastGood: number | null}} connection
 * @returns {{title: string, detail: string, alert: boolean} | null} null when there is nothing to say
 */
export function kioskMessage(code, snapshot, connection) {
  const hours = snapshot?.hours ?? {};
  const opens = formatTime(hours.opens);
  const numbersFrom = formatTime(hours.numbers_from);
  switch (code) {
    case 'connecting':
      return message(t('Connecting…'), t('If this stays, please go to the staff.'));
    case 'unpaired':
      return message(t('This machine is not paired.'), t('Staff can pair it with a code.'), true);
    case 'offline':
      return message(
        connection.lastGood
          ? t('No connection since {time}.', { time: formatTime(connection.lastGood) })
          : t('The connection is lost.'),
        t('Numbers cannot be taken here now. Please go to the staff.'),
        true,
      );
    case 'clock':
      return message(
        t('Numbers are paused for a moment.'),
        t('Staff are checking the clock. Please wait or go to the staff.'),
        true,
      );
    case 'trouble':
      return message(
        t('Numbers are paused for a moment.'),
        t('There is a fault in the system. Please go to the staff.'),
        true,
      );
    case 'none':
      return message(t('No service can be chosen here now.'), t('Please go to the staff.'), true);
    case 'before':
      return message(
        numbersFrom
          ? t('Numbers can be taken from {time}.', { time: numbersFrom })
          : t('Numbers cannot be taken yet.'),
        opens ? t('The counters open at {time}.', { time: opens }) : '',
      );
    case 'numbers':
      return message(
        t('You can take a number now.'),
        opens ? t('The counters open at {time}.', { time: opens }) : '',
      );
    case 'held':
      return message(
        t('The counters open later than planned.'),
        t('You can take a number now. Please wait for the announcement.'),
      );
    case 'serving_out':
      return message(
        t('No more new numbers today.'),
        t('If you already hold a number, you will still be served.'),
      );
    case 'closed':
      return message(
        t('Service has ended for today.'),
        t('Thank you. Please ask the staff if you need help.'),
      );
    default:
      return null;
  }
}

/**
 * The words for why a service gives no numbers.
 * @param {{state: string, cause: string | null, expected_back: number | null}} service
 * @returns {{title: string, detail: string, short: string} | null} null when it is open
 */
export function serviceMessage(service) {
  if (service.state === 'open') return null;
  if (service.state === 'closed') {
    return { title: t('Closed today'), detail: '', short: t('Closed today') };
  }
  const cause = causeText(service.cause);
  return {
    title: service.instead
      ? t('Biodata instead: {cause}', { cause })
      : t('Suspended: {cause}', { cause }),
    short: service.instead ? t('Biodata instead') : t('Suspended'),
    detail: service.expected_back
      ? t('Expected again at about {time}.', { time: formatTime(service.expected_back) })
      : '',
  };
}

/** How many wait, in words. */
export function waitingText({ waiting }) {
  return waiting > 0 ? t('{count} waiting', { count: waiting }) : t('Nobody is waiting');
}

/** How long somebody who comes now would wait; empty while nobody can say. */
export function waitText({ waiting, wait }) {
  return wait && waiting > 0 ? t('{low}-{high} min', wait) : '';
}

/** What to expect of the paper, told before the tap; null while it comes as usual. */
export function paperMessage(snapshot) {
  switch (snapshot?.kiosk?.paper) {
    case 'out':
      return {
        title: t('Out of paper.'),
        detail: t('Your number appears on the screen: write it down or photograph it.'),
        alert: true,
      };
    case 'fault':
      return {
        title: t('The printer does not work now.'),
        detail: t('Your number appears on the screen: write it down or photograph it.'),
        alert: true,
      };
    default:
      return null;
  }
}

/**
 * Whether the question about voting makes sense now.
 * @param {object} snapshot
 * @param {number} now the server's time, UTC milliseconds
 */
export function asksVoters(snapshot, now) {
  const close = snapshot.hours?.poll_close;
  return snapshot.office?.polling === true && (!close || now < close);
}

/** The documents to bring, one by one, in the language of the screen. */
export function bringItems(service) {
  return pick(service.bring)
    .split(/[;\n]/)
    .map((item) => item.trim())
    .filter(Boolean);
}

function message(title, detail, alert = false) {
  return { title, detail, alert };
}
