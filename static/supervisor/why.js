/** Why a ticket stands where it stands: the reason, and what goes with it. */

import { formatTime } from '../js/clock.js';
import { t } from '../js/i18n.js';
import { causeWord, counterName, counterNames, outcomeWord, whyText } from './words.js';

/**
 * @param {object} row of tickets.js, with `counters`: the open counters that serve it
 * @returns {[string, string]} two lines, either may be empty
 */
export function whyLines(row) {
  switch (row.state) {
    case 'waiting':
      return [whyText(row.why, formatTime(row.why.at)), aheadText(row)];
    case 'called':
      return [t('Calls made: {count}', { count: row.calls ?? 1 }), ''];
    case 'parked':
      return [parkedText(row), ownerText(row)];
    case 'no_show':
      return [row.until ? t('May come back until {time}', { time: formatTime(row.until) }) : '', ''];
    case 'suspended':
      return [causeWord(row.cause), t('Keeps its place')];
    default:
      return [row.outcome ? outcomeWord(row.outcome) : '', ''];
  }
}

function aheadText({ ahead, counters, for_counter: only }) {
  const numbers = only ? [only] : counters;
  return numbers.length
    ? t('{count} ahead; {counters}', { count: ahead, counters: counterNames(numbers) })
    : t('{count} ahead; no open counter serves it', { count: ahead });
}

function parkedText({ cause, due_back: back }) {
  if (!back) return causeWord(cause);
  return t('{cause}, expected back {time}', { cause: causeWord(cause), time: formatTime(back) });
}

function ownerText({ owner }) {
  const counter = /^counter:(\d+)$/.exec(owner ?? '');
  return counter
    ? t('Comes back to {counter}', { counter: counterName(counter[1]) })
    : t('Any counter of the service may take it');
}
