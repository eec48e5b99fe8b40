/** The questions of polling day: which document for a polling station, and by when. Pure. */

import { pick, t } from '../js/i18n.js';
import { kioskMessage, serviceMessage } from './availability.js';

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
export function disturbances(snapshot) {
  const codes = new Set(Object.values(snapshot.guide ?? {}).flat());
  return snapshot.services
    .filter((service) => codes.has(service.code) && service.state !== 'open')
    .map((service) => {
      const { title, detail } = serviceMessage(service);
      return { title: `${pick(service.name)}: ${title}`, detail, alert: true };
    });
}

/** "To vote today?" */
export function votingQuestion({ snapshot, state, connection }) {
  const notice = snapshot?.notice ? { title: pick(snapshot.notice.text), detail: '' } : null;
  const said = [kioskMessage(state.code, snapshot, connection), notice];
  return {
    title: t('To vote today?'),
    messages: [...said.filter(Boolean), ...disturbances(snapshot)],
    answers: {
      yes: { text: t('Yes, to vote today'), note: t('A document for the polling station (TPS)') },
      no: { text: t('No, another service'), note: t('All services of this office') },
    },
  };
}

/** "Already recorded?" */
export function recordedQuestion({ snapshot }) {
  const offers = (answer) => (snapshot?.guide?.[answer] ?? []).length > 0;
  return {
    title: t('Have you been recorded for the card (KTP-el)?'),
    detail: t('Recorded means: photo, fingerprints and eyes were taken. Staff check your answer.'),
    answers: {
      yes: { text: t('Yes, recorded'), hidden: !offers('yes') },
      lost: { text: t('Yes, but the card is lost or damaged'), hidden: !offers('lost') },
      no: { text: t('No, never'), hidden: !offers('no') },
      unsure: { text: t('Not sure'), hidden: !offers('unsure') },
    },
  };
}

/** "How far is your TPS?" */
export function travelQuestion() {
  return {
    title: t('How long is the trip to your polling station (TPS)?'),
    detail: t('From here to the TPS, as you will travel today.'),
    answers: Object.fromEntries(
      TRAVEL_MINUTES.map((minutes) => [
        String(minutes),
        {
          text: minutes === null ? t('I do not know') : t('{minutes} minutes', { minutes }),
        },
      ]),
    ),
  };
}
