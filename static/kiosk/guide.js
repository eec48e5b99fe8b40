/** The questions of polling day: which document for a polling station, and by when. Pure. */

import { t } from '../js/i18n.js';
import { serviceMessage } from './availability.js';

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

/**
 * What the choice of a service says about "Already recorded?".
 * @param {object} snapshot
 * @param {string} code of the chosen service
 * @returns {string | null | undefined} the answer; null: none, the question is to be asked;
 *   undefined: nobody needs this service for a polling station
 */
export function recordedFor(snapshot, code) {
  const answers = Object.entries(snapshot?.guide ?? {});
  const sure = answers.find(([answer, codes]) => answer !== 'unsure' && codes[0] === code);
  if (sure) return sure[0];
  return answers.some(([, codes]) => codes.includes(code)) ? null : undefined;
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
    say: ['ask_recorded', 'what_recorded'],
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
