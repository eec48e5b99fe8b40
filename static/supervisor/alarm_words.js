/** Each alarm as a sentence, and the section where it can be mended. */

import { formatTime } from '../js/clock.js';
import { pick, t } from '../js/i18n.js';
import { lengthText } from './times.js';
import { remedyText } from './voter_words.js';
import { causeWord } from './words.js';

/**
 * @param {{code: string, details?: object}} alarm
 * @param {Record<string, object>} services by code
 * @returns {string}
 */
export function alarmText({ code, details = {} }, services) {
  const service = pick(services[details.service]?.name) || details.service;
  switch (code) {
    case 'storage':
      return t("The office's record cannot be written ({reason}). Free space on the server's disk.", details);
    case 'clock_in_doubt':
      return t("The server's clock is in doubt. No numbers are given until it is confirmed.");
    case 'clock_jumped':
      return t("The server's clock jumped by {length}. Compare it with another clock.", {
        length: lengthText(Math.abs(details.off_by ?? 0)),
      });
    case 'service_suspended':
      return t('{service} is suspended: {cause}', { service, cause: causeWord(details.cause) });
    case 'service_biodata_instead':
      return t('{service}: biodata is given instead, {cause}', { service, cause: causeWord(details.cause) });
    case 'blanks_gone':
      return t('Card blanks have run out. {service}: {waiting} wait.', { service, waiting: details.waiting });
    case 'blanks_low':
      return t('Card blanks left: {left}, but {waiting} wait for cards.', details);
    case 'blanks_back':
      return t('There are card blanks again ({left}). {service} still gives biodata instead.', {
        service,
        left: details.left,
      });
    case 'link_reported':
      return t('A counter reports that the link is down ({number} was set aside). {service} is still called.', {
        service,
        number: details.number,
      });
    case 'voters_not_in_time':
      return t('{count} of {of} waiting voters will probably not be in time.', details);
    case 'voters_remedy':
      return remedyText(details, services);
    case 'biodata_last_minute':
      return t('{number} is set aside: biodata only until {time}, then it is too late.', {
        number: details.number,
        time: formatTime(details.until),
      });
    case 'nobody_serves':
      return t('People wait for {service}, but no open counter serves it.', { service });
    case 'no_printer':
      return t('No printer is set up. Numbers are shown on the screen only.');
    case 'printer_near_end':
      return t('{name}: paper is nearly out, about {tickets_left} tickets left. Lay a new roll ready.', details);
    case 'paper_low':
      return t('{name}: by its length the roll gives about {tickets_left} more tickets.', details);
    case 'printer_out':
      return t('{name}: out of paper. Put in a new roll.', details);
    case 'printer_cover':
      return t('{name}: the cover is open. Close it.', details);
    case 'printer_error':
      return t('{name}: cutter or mechanics are stuck. Open the cover, remove the paper, close it.', details);
    case 'printer_offline':
      return t('{name}: the printer is offline. Press its feed button or switch it off and on.', details);
    case 'printer_unreachable':
      return t('{name}: the printer cannot be reached. Look at power and cable.', details);
    case 'printer_unknown':
      return t('{name}: the printer gives no sensible answer. Switch it off and on.', details);
    case 'printer_silent':
      return t('{name}: nobody reports on this printer. Look at the computer beside it.', details);
    case 'paper_missed':
      return t('{name}: two people in a row say that no paper came out.', details);
    case 'print_queue':
      return t('{name}: tickets wait for paper.', details);
    case 'print_unsettled':
      if (details.count === 1)
        return t('{name}: 1 ticket of which nobody knows whether it is on paper.', details);
      return t('{name}: {count} tickets of which nobody knows whether they are on paper.', details);
    case 'device_silent':
      return t('{name} has lost its connection.', details);
    case 'device_clock':
      return t('The clock of {name} is wrong.', details);
    case 'device_fault':
      return t('{name} reports a fault: {fault}', details);
    default:
      return t('{code} {details}', {
        code,
        details: Object.entries(details)
          .map(([name, value]) => `${name}: ${value}`)
          .join(', '),
      });
  }
}

/** @returns {{id: string, text: string} | null} */
export function alarmSection(code) {
  if (/^(printer|print|paper|no_printer)/.test(code)) return { id: 'printing', text: t('Printing') };
  if (code.startsWith('device')) return { id: 'devices', text: t('Devices') };
  if (/^(voters|biodata)/.test(code)) return { id: 'voters', text: t('Voters') };
  if (code === 'nobody_serves') return { id: 'counters', text: t('Counters') };
  if (/^(service|blanks|link)/.test(code)) return { id: 'services', text: t('Services') };
  return null;
}
