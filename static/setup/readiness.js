/** From the supervisor's snapshot to the marks of the strip. Pure: no clock, no page. */

import { t } from '../js/i18n.js';
import { faultWord } from './fault_words.js';

const CLOCK_TOLERANCE = 2 * 60_000; // ms: a larger difference is an alarm
const PAPER_DONE = new Set(['printed', 'sent']);
const PAPER_FAILED = new Set(['failed', 'expired', 'unconfirmed']);

/**
 * @param {object} state snapshot of /api/supervisor
 * @param {number} ownClockOff this device's clock minus the server's, ms
 * @returns {{name: string, mark: 'ok' | 'wait' | 'bad', title: string, text: string}[]}
 */
export function readiness(state, ownClockOff) {
  const devices = state.devices.filter((device) => !device.revoked);
  return [
    screens('kiosk', t('Kiosk'), devices),
    screens('display', t('Display'), devices),
    ...counters(state, devices),
    sound(state.rehearsal, devices),
    paper(state),
    clocks(state, devices, ownClockOff),
  ];
}

/** Without a network everybody signs in at the server itself, and no counter is paired. */
function counters(state, devices) {
  if (state.settings?.lan?.value !== 'on') return [];
  return [screens('counter', t('Counters'), devices.filter((device) => device.config?.counter))];
}

function screens(kind, title, devices) {
  const ours = devices.filter((device) => device.kind === kind);
  const there = ours.filter((device) => device.connected).length;
  const mark = ours.length > 0 && there === ours.length ? 'ok' : 'wait';
  if (ours.length === 0) return { name: kind, mark, title, text: t('none yet') };
  return { name: kind, mark, title, text: t('{there} of {all} connected', { there, all: ours.length }) };
}

function sound(rehearsal, devices) {
  const item = { name: 'sound', title: t('Sound') };
  const heard = rehearsal?.heard ?? [];
  if (heard.length === 0) return { ...item, mark: 'wait', text: t('not tried yet') };
  const silent = heard.find((one) => one.fault);
  if (silent) {
    const name = devices.find((device) => device.id === silent.device)?.name ?? '';
    return { ...item, mark: 'bad', text: t('{name}: {fault}', { name, fault: faultWord(silent.fault) }) };
  }
  const count = heard.length;
  const text = count === 1 ? t('played on one display') : t('played on {count} displays', { count });
  return { ...item, mark: 'ok', text };
}

function paper({ rehearsal, printers }) {
  const item = { name: 'paper', title: t('Printing') };
  const onPaper = (printers ?? []).some(({ active, kind }) => active && kind !== 'preview');
  if (!rehearsal) return { ...item, mark: 'wait', text: t('not tried yet') };
  if (PAPER_DONE.has(rehearsal.paper)) {
    return { ...item, mark: 'ok', text: onPaper ? t('a ticket was printed') : t('drawn as a picture, no printer yet') };
  }
  if (PAPER_FAILED.has(rehearsal.paper)) {
    return { ...item, mark: 'bad', text: rehearsal.print_error || t('not printed') };
  }
  return { ...item, mark: 'wait', text: t('printing …') };
}

function clocks(state, devices, ownClockOff) {
  const item = { name: 'clocks', title: t('Clocks') };
  if (state.drill) return { ...item, mark: 'ok', text: t('a drill has a time of its own') };
  if (state.clock?.in_doubt) return { ...item, mark: 'bad', text: t("The server's clock is in doubt") };
  if (Math.abs(ownClockOff) > CLOCK_TOLERANCE) {
    return { ...item, mark: 'bad', text: t('This device is {minutes} minutes off', { minutes: minutes(ownClockOff) }) };
  }
  const wrong = devices.find((device) => Math.abs(device.clock_off ?? 0) > CLOCK_TOLERANCE);
  if (wrong) {
    return { ...item, mark: 'bad', text: t('{name} is {minutes} minutes off', { name: wrong.name, minutes: minutes(wrong.clock_off) }) };
  }
  return { ...item, mark: 'ok', text: t('they agree') };
}

function minutes(ms) {
  return Math.round(Math.abs(ms) / 60_000);
}
