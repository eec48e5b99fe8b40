/** What the phone says about a ticket: one headline, one sentence, for each state. */

import { formatTime } from '../js/clock.js';
import { pick, t } from '../js/i18n.js';
import { causeText } from '../js/words.js';

/**
 * @param {object} ticket of the phone's snapshot
 * @param {object} snapshot
 * @returns {{headline: string, detail: string, tone: 'plain' | 'call' | 'alert'}}
 */
export function ticketWords(ticket, snapshot) {
  const counter = ticket.counter;
  switch (ticket.state) {
    case 'waiting':
      return waitingWords(ticket, snapshot);
    case 'called':
      return words(
        t('Your turn: Counter {counter}', { counter }),
        t('Please go there now.'),
        'call',
      );
    case 'serving':
      return words(t('You are being served'), t('Counter {counter}', { counter }));
    case 'parked':
      return words(
        t('Put on hold'),
        ticket.due_back
          ? t('The staff will call you again, at about {time}. Please stay near.', {
              time: formatTime(ticket.due_back),
            })
          : t('The staff will call you again. Please stay near.'),
      );
    case 'suspended':
      return words(t('Suspended'), suspendedText(ticket, snapshot), 'alert');
    case 'no_show':
      return words(
        t('You missed your call'),
        ticket.return_until
          ? t('Touch "I am back" before {time}, when you are at the office.', {
              time: formatTime(ticket.return_until),
            })
          : t('Touch "I am back" when you are at the office.'),
        'alert',
      );
    case 'completed':
      return words(t('Finished'), t('Thank you.'));
    case 'cancelled':
      return words(t('Cancelled'), t('This number is not called any more. For a new one go to the kiosk or the staff.'));
    default:
      return words(t('Expired'), t('The day of this number is over. For a new one go to the kiosk or the staff.'));
  }
}

function waitingWords(ticket, snapshot) {
  const ahead = ticket.people_ahead;
  const headline =
    ahead > 0 ? t('People ahead of you: {count}', { count: ahead }) : t('You are next');
  if (snapshot.phase === 'numbers' && snapshot.hours?.opens) {
    return words(
      headline,
      snapshot.held
        ? t('The counters open later than planned. Please wait for the announcement.')
        : t('The counters open at {time}.', { time: formatTime(snapshot.hours.opens) }),
    );
  }
  return words(
    headline,
    ticket.wait ? t('Estimated wait: {low} to {high} minutes', ticket.wait) : '',
  );
}

function suspendedText(ticket, snapshot) {
  const service = snapshot.services.find((one) => one.code === ticket.service);
  const cause = causeText(ticket.cause ?? service?.cause ?? null);
  const why = t('{service}: {cause}. You keep your place in the line.', {
    service: pick(service?.name),
    cause,
  });
  if (!service?.expected_back) return why;
  const back = t('Expected again at about {time}.', { time: formatTime(service.expected_back) });
  return `${why} ${back}`;
}

/**
 * What is given instead of the card while there are no blanks.
 * @param {object | null} ticket of the phone's snapshot
 * @param {object | undefined} service
 * @returns {string} empty while the service is served as usual
 */
export function insteadText(ticket, service) {
  if (ticket?.state !== 'waiting' || service?.state !== 'biodata_instead') return '';
  return t('Biodata instead: {cause}', { cause: causeText(service.cause) });
}

function words(headline, detail, tone = 'plain') {
  return { headline, detail, tone };
}
