/** The queue's words. Each function gives the text of a code, or the code where it is new. */

import { pick, t } from '../js/i18n.js';

function word(words, code) {
  return words[code] ?? String(code ?? '');
}

export const phaseWord = (code) =>
  word(
    {
      before: t('Before opening'),
      numbers: t('Numbers only'),
      open: t('Open'),
      serving_out: t('No new numbers'),
      closed: t('Closed'),
    },
    code,
  );

export const stateWord = (code) =>
  word(
    {
      waiting: t('waiting'),
      called: t('called'),
      serving: t('being served'),
      parked: t('parked'),
      suspended: t('suspended'),
      no_show: t('absent'),
      completed: t('completed'),
      cancelled: t('cancelled'),
      expired: t('expired'),
    },
    code,
  );

export const serviceStateWord = (code) =>
  word(
    {
      open: t('open'),
      biodata_instead: t('biodata instead'),
      suspended: t('suspended for now'),
      closed: t('not offered today'),
    },
    code,
  );

export const suspendCauses = () => [
  ['blanks', t('Card blanks have run out')],
  ['link', t('SIAK network down')],
  ['recording_set', t('Recording set broken')],
  ['power', t('Power cut')],
  ['other', t('Other')],
];

export const causeWord = (code) =>
  word(
    {
      ...Object.fromEntries(suspendCauses()),
      prr: t('waits for PRR'),
      documents: t('fetches documents'),
    },
    code,
  );

export const outcomeWord = (code) =>
  word(
    {
      done: t('done'),
      biodata_instead: t('biodata given instead'),
      card_later: t('card later'),
      documents_incomplete: t('documents incomplete'),
      refused_by_system: t('refused by the system'),
      referred: t('referred'),
      cancelled: t('cancelled'),
      expired: t('expired'),
    },
    code,
  );

export const roles = () => [
  ['counter', t('Counter')],
  ['reception', t('Reception')],
  ['supervisor', t('Supervisor')],
];
export const roleWord = (code) => word(Object.fromEntries(roles()), code);

export const deviceKinds = () => [
  ['kiosk', t('Kiosk')],
  ['counter', t('Counter computer')],
  ['display', t('Display')],
  ['agent', t('Print agent')],
];
export const deviceKindWord = (code) => word(Object.fromEntries(deviceKinds()), code);

export const printerKinds = () => [
  ['preview', t('Preview (pictures, no paper)')],
  ['network', t('Network printer')],
  ['usb', t('USB printer')],
  ['serial', t('Serial printer')],
  ['file', t('Device file')],
  ['lp', t('CUPS queue (never says what came out)')],
  ['windows', t('Windows printer (never says what came out)')],
];
export const printerKindWord = (code) => word(Object.fromEntries(printerKinds()), code);

export const jobStateWord = (code) =>
  word(
    {
      queued: t('queued'),
      claimed: t('claimed'),
      sending: t('being sent'),
      printed: t('printed'),
      sent: t('sent'),
      unconfirmed: t('not confirmed'),
      failed: t('failed'),
      expired: t('expired'),
      cancelled: t('cancelled'),
      superseded: t('superseded'),
    },
    code,
  );

/**
 * Why a waiting ticket stands where it stands, as one sentence.
 * @param {{rule: string}} why
 * @param {string} hour the moment that decides, already written
 */
export function whyText(why, hour) {
  return word(
    {
      due: t('Due {time}', { time: hour }),
      risk: t('Voter who could be too late: must start by {time}', { time: hour }),
      late: t('Voter whose latest start has passed, due {time}', { time: hour }),
      front: t('Put in front at {time}', { time: hour }),
      held: t('Came back: lets others go first'),
      arrival: t('By arrival, {time}', { time: hour }),
    },
    why.rule,
  );
}

/** A counter's name; never a bare digit. */
export const counterName = (number) => t('Counter {number}', { number });

/** The counters of a list in words, such as "Counter 1, 3–7". */
export const counterNames = (numbers) => t('Counter {numbers}', { numbers: runsOf(numbers).join(', ') });

/** Rising numbers with three and more in a row as "3–7". */
function runsOf(numbers) {
  const runs = [];
  for (const number of numbers) {
    const run = runs.at(-1);
    if (run?.at(-1) === number - 1) run.push(number);
    else runs.push([number]);
  }
  return runs.flatMap((run) => (run.length > 2 ? [`${run[0]}–${run.at(-1)}`] : run));
}

/** A service with its letter, such as "A · Biodata untuk pemilih". */
export const serviceName = (service) =>
  service ? t('{letter} · {name}', { letter: service.letter, name: pick(service.name) }) : '';

/** A service's name in the reader's language, where both names are apart. */
export const ownName = (service) => pick({ id: service.name_id, en: service.name_en });

/** The services as choices of a select. */
export const serviceOptions = (services) => services.map((service) => [service.code, serviceName(service)]);
