/** The questions of polling day: which document for a polling station, and by when. Pure. */

import { pick, t } from '../js/i18n.js';
import { kioskMessage, paperMessage, serviceMessage } from './availability.js';
import { sayService } from './spoken.js';

/** Minutes to the polling station that can be chosen; null: not known. */
export const TRAVEL_MINUTES = [15, 30, 45, 60, 90, null];

/** @returns {boolean} whether this office's services are those that the questions know */
export function knowsWays(snapshot) {
  return Object.keys(snapshot?.guide ?? {}).length > 0;
}

/**
 * The services to choose from, with what stands in their way.
 * @param {object} snapshot
 * @param {{recorded: string | null, service: string | null}} flow
 * @returns {{service: object, blocked: {service: object, title: string, detail: string} | null}[]}
 *   `blocked`: the first step that is not served now
 */
export function waysFor(snapshot, { recorded, service }) {
  const codes = recorded === null ? [service] : (snapshot.guide?.[recorded] ?? []);
  const find = (code) => snapshot.services.find((one) => one.code === code);
  return codes
    .map(find)
    .filter(Boolean)
    .map((way) => {
      const steps = [way, ...(way.journey ?? []).map(find).filter(Boolean)];
      const stuck = steps.find((step) => step.state !== 'open');
      return { service: way, blocked: stuck ? { service: stuck, ...serviceMessage(stuck) } : null };
    });
}

/**
 * Those of the ways that are shown. Somebody recorded goes for the card; Biodata stands beside it
 * when the card cannot be printed now or would hardly be in time.
 * @param {ReturnType<typeof waysFor>} ways
 * @param {{recorded: string | null}} flow
 * @param {(way: object) => {class: string | null} | null} forecastOf
 */
export function offeredWays(ways, { recorded }, forecastOf) {
  const going = ways.filter((way) => way.blocked === null);
  if (!['yes', 'lost'].includes(recorded) || going[0] !== ways[0]) return going;
  const hardly = ['tight', 'late'].includes(forecastOf(going[0])?.class);
  return hardly ? going : going.slice(0, 1);
}

/** What of the ways of polling day is not served now, each once: shown before the first tap. */
function disturbed(snapshot) {
  const codes = new Set(Object.values(snapshot.guide ?? {}).flat());
  return snapshot.services.filter((one) => codes.has(one.code) && one.state !== 'open');
}

function disturbance(service) {
  const { title, detail } = serviceMessage(service);
  return { title: `${pick(service.name)}: ${title}`, detail, alert: true };
}

/** "To vote today?" */
export function votingQuestion({ snapshot, state, connection }) {
  const notice = snapshot?.notice ? { title: pick(snapshot.notice.text), detail: '' } : null;
  const said = [kioskMessage(state.code, snapshot, connection), paperMessage(snapshot), notice];
  return {
    title: t('To vote today?'),
    messages: [...said.filter(Boolean), ...disturbed(snapshot).map(disturbance)],
    say: ['ask_voting', ...disturbed(snapshot).flatMap(sayService)],
    answers: {
      yes: {
        text: t('Yes, to vote today'),
        note: t('A document for the polling station (TPS)'),
        say: ['voting_yes'],
      },
      no: {
        text: t('No, another service'),
        note: t('All services of this office'),
        say: ['voting_no'],
      },
    },
  };
}

/** "Already recorded?" */
export function recordedQuestion({ snapshot }) {
  const answer = (name, text) => ({
    text,
    hidden: (snapshot?.guide?.[name] ?? []).length === 0,
    say: [`recorded_${name}`],
  });
  return {
    title: t('Have you been recorded for the card (KTP-el)?'),
    detail: t('Recorded means: photo, fingerprints and eyes were taken. Staff check your answer.'),
    say: ['ask_recorded'],
    answers: {
      yes: answer('yes', t('Yes, recorded')),
      lost: answer('lost', t('Yes, but the card is lost or damaged')),
      no: answer('no', t('No, never')),
      unsure: answer('unsure', t('Not sure')),
    },
  };
}

/** "How far is your TPS?" */
export function travelQuestion() {
  return {
    title: t('How long is the trip to your polling station (TPS)?'),
    detail: t('From here to the TPS, as you will travel today.'),
    say: ['ask_travel'],
    answers: Object.fromEntries(
      TRAVEL_MINUTES.map((minutes) => [
        String(minutes),
        minutes === null
          ? { text: t('I do not know'), say: ['unknown'] }
          : { text: t('{minutes} minutes', { minutes }), say: [`number:${minutes}`, 'minutes'] },
      ]),
    ),
  };
}
