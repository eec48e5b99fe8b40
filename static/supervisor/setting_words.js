/** Each setting in words, in the order and the groups in which the page shows them. */

import { t } from '../js/i18n.js';

const GROUPS = {
  office: ['name', 'area', 'zone', 'public_url', 'lan'],
  hours: ['opens', 'closes', 'numbers_before_minutes', 'day_starts_at'],
  polling: ['polling_day', 'poll_close', 'policy', 'honest_stop', 'biodata_service', 'card_services', 'blanks'],
  numbers: ['pacing', 'pacing_per_minute', 'print_within_seconds', 'numbers_expected', 'paper_mm'],
  calling: [
    'recall_after_seconds',
    'no_show_calls',
    'no_show_after_seconds',
    'return_rule',
    'return_grace_minutes',
    'undo_seconds',
    'notice_repeat_minutes',
  ],
  hall: ['ticker_id', 'ticker_en', 'deny_words', 'volume_by_hour'],
  record: ['purge_after_days'],
};

/**
 * @param {string[]} keys of the settings there are; unknown ones come last
 * @returns {{name: string, title: string, keys: string[]}[]}
 */
export function settingGroups(keys) {
  const titles = {
    office: t('The office'),
    hours: t('Hours'),
    polling: t('Polling day and order of calling'),
    numbers: t('Numbers and paper'),
    calling: t('Calling'),
    hall: t('Displays'),
    record: t('The record'),
    others: t('Other settings'),
  };
  const known = Object.values(GROUPS).flat();
  const groups = { ...GROUPS, others: keys.filter((key) => !known.includes(key)) };
  return Object.entries(groups)
    .map(([name, names]) => ({ name, title: titles[name], keys: names.filter((key) => keys.includes(key)) }))
    .filter((group) => group.keys.length > 0);
}

/** @returns {{label: string, help: string}} what a setting is called and what it does */
export function settingText(key) {
  const [label, help] = {
    name: [t('Name of the office'), t('On every screen and ticket.')],
    area: [t('Area'), t('The kabupaten or kota, under the name.')],
    zone: [t('Time zone'), t('Such as Asia/Makassar (WITA).')],
    public_url: [
      t('Address for phones'),
      t('Without it no QR code is printed. It must be an address that phones can reach.'),
    ],
    lan: [
      t('Other machines may connect'),
      t('Listen in the network of the office. Switching it off counts from the next start.'),
    ],
    opens: [t('Opens at'), t('Counters call numbers from this hour.')],
    closes: [t('Closes at'), t('No new numbers after this hour; those waiting are served.')],
    numbers_before_minutes: [
      t('Numbers before opening (minutes)'),
      t('So many minutes before opening the kiosk gives numbers.'),
    ],
    day_starts_at: [t('The office day begins at'), t('Only for hours past midnight; empty: 00:00.')],
    polling_day: [
      t('Polling day'),
      t('Empty: every day that has a closing hour of the polling stations counts as one.'),
    ],
    poll_close: [
      t('Polling stations close at'),
      t('Voters are called so that they can be there in time. Empty: no polling day.'),
    ],
    policy: [t('Order of calling'), t('The rule is on the poster and in each journal row.')],
    honest_stop: [
      t('Honest stop'),
      t(
        'No numbers for a service that can no longer be finished before closing. Staff may give one with a reason.',
      ),
    ],
    pacing: [t('Pacing'), t('Each kiosk gives at most so many numbers a minute.')],
    pacing_per_minute: [t('Numbers a minute at most'), t('Counts only while pacing is on.')],
    print_within_seconds: [
      t('Print within (seconds)'),
      t('Paper that is not out by then is not printed: nobody waits for it any more.'),
    ],
    numbers_expected: [
      t('Numbers expected a day'),
      t('Says how many rolls of paper have to lie ready.'),
    ],
    paper_mm: [t('Paper width'), t("Of the kiosk's paper, where its printer says nothing else.")],
    recall_after_seconds: [
      t('Pause between calls (seconds)'),
      t('The same number can be called again after this pause.'),
    ],
    no_show_calls: [t('Calls before absent'), t('A number is called at least so many times.')],
    no_show_after_seconds: [t('Time before absent (seconds)'), t('Since the first call.')],
    return_rule: [t('Who comes back late'), t('How many others go first when somebody missed the call.')],
    return_grace_minutes: [t('Time to come back (minutes)'), t('Later a new number is needed.')],
    undo_seconds: [t('Time to undo (seconds)'), t('At a counter, for its last command.')],
    biodata_service: [
      t('Biodata service'),
      t('The service that is given instead when cards cannot be printed.'),
    ],
    card_services: [
      t('Card services'),
      t('Codes of the services that need card blanks, with commas.'),
    ],
    blanks: [t('Card blanks in stock'), t('Counters count them down. Empty: nobody counts.')],
    notice_repeat_minutes: [
      t('Repeat notices (minutes)'),
      t('While a service is interrupted, the hall hears of it again after this time. 0: never.'),
    ],
    ticker_id: [
      t('Running text (Indonesian)'),
      t('Shown in turn on the displays. No names or signs of candidates.'),
    ],
    ticker_en: [t('Running text (English)'), t('For displays in English.')],
    deny_words: [
      t('Words to look at twice'),
      t("The office's own list, separated by commas, besides the usual phrases of campaigns."),
    ],
    volume_by_hour: [
      t('Volume by hour'),
      t('Such as 07:30 60, 10:00 100: 60 per cent from 07:30. Empty: always full.'),
    ],
    purge_after_days: [t('Keep tickets (days)'), t('Then only the counts stay.')],
  }[key] ?? [key, ''];
  return { label, help };
}

/** A value as a person reads it. */
export function choiceText(key, kind, value) {
  const words = {
    slack: t('By due time, voters in time (slack)'),
    fifo: t('By arrival (fifo)'),
    after_5: t('after five others'),
    after_3: t('after three others'),
    last: t('last of all'),
    on: t('on'),
    off: t('off'),
    58: t('{mm} mm', { mm: 58 }),
    80: t('{mm} mm', { mm: 80 }),
  };
  return kind === 'choice' || kind === 'bool' ? (words[value] ?? value) : String(value);
}
