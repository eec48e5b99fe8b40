/** The words of paper: how a printer is, what came of a job, how long a roll lasts. */

import { language, t } from '../js/i18n.js';

const SHORT = { maximumFractionDigits: 2 };

const STATES = {
  ok: () => t('ready'),
  near_end: () => t('paper nearly out'),
  out: () => t('out of paper'),
  cover: () => t('cover open'),
  error: () => t('cutter or mechanics stuck'),
  offline: () => t('offline'),
  unreachable: () => t('cannot be reached'),
  unknown: () => t('no sensible answer'),
  silent: () => t('nobody reports'),
};

export const printerStateWord = (code) => STATES[code]?.() ?? String(code ?? '–');

export const isPrinterReady = (state) => state === 'ok' || state === 'near_end';

/** What was to come out: a ticket's number, its copy, or a page without a number. */
export function jobName({ kind, number, copy_no: copy }) {
  if (kind === 'test') return t('test page');
  if (kind === 'selftest') return t('self-test page');
  if (kind === 'slip') return t('slip without a number');
  return copy ? t('{number}, copy {copy}', { number, copy }) : (number ?? '–');
}

/** Why a job is where it is; a worker's own words where there is no sentence for them. */
export function jobErrorText(error) {
  if (!error) return '';
  const now = /the printer says (\w+)/.exec(error) ?? /^not ready: (\w+)/.exec(error);
  if (now) return t('printer: {state}', { state: printerStateWord(now[1]) });
  if (error === 'worker lost') return t('the work was interrupted while it was being sent');
  if (error.startsWith('no status')) return t('the printer does not answer');
  if (/closed the connection|reset by peer|broken pipe/i.test(error)) return t('the connection broke off');
  if (/no answer in time|timed out/.test(error)) return t('no answer in time');
  return error;
}

/** "about 412 tickets left" */
export const leftText = ({ tickets_left: count }) => t('about {count} tickets left', { count });

/** "2 rolls for 300 numbers", what has to lie ready in the morning. */
export function rollsText({ rolls_needed: rolls, expected: numbers }) {
  return rolls === 1
    ? t('1 roll for {numbers} numbers', { numbers })
    : t('{rolls} rolls for {numbers} numbers', { rolls, numbers });
}

/** "0.84 s" */
export const secondsText = (ms) =>
  ms === null || ms === undefined
    ? '–'
    : t('{seconds} s', { seconds: new Intl.NumberFormat(language(), SHORT).format(ms / 1000) });
