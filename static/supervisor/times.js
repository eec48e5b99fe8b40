/** Hours typed at a desk, in the office's zone, and lengths of time in words. */

import { clock, formatTime } from '../js/clock.js';
import { t } from '../js/i18n.js';
import { lengthWord } from '../js/length.js';
import { InputError } from './command.js';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** How far the zone is ahead of UTC at a moment, ms. */
function offset(at) {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: clock.zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(at);
  const value = (type) => Number(parts.find((part) => part.type === type).value);
  const local = Date.UTC(
    value('year'),
    value('month') - 1,
    value('day'),
    value('hour'),
    value('minute'),
    value('second'),
  );
  return local - Math.floor(at / 1000) * 1000;
}

/**
 * The moment of an hour that is typed today: the next one, where it is more than half a day ago.
 * @param {string} text 10.30, 10:30 or 1030
 * @param {number} [now]
 * @returns {number | null} UTC milliseconds; null when the text is no hour
 */
export function momentOf(text, now = clock.now()) {
  const match = /^(\d{1,2})[.:]?(\d{2})$/.exec(text.trim());
  if (!match) return null;
  const minutes = Number(match[1]) * 60 + Number(match[2]);
  if (Number(match[2]) > 59 || minutes > 1440) return null;
  const ahead = offset(now);
  const midnight = Math.floor((now + ahead) / DAY) * DAY;
  const at = midnight + minutes * MINUTE - ahead;
  return at < now - DAY / 2 ? at + DAY : at;
}

/** The moment in a time field, null when it is empty. Throws InputError. */
export function typedMoment(box) {
  const text = box.input.value;
  if (text.trim() === '') return null;
  const at = momentOf(text);
  if (at === null)
    throw new InputError(
      t('Enter an hour such as {example}.', { example: formatTime(clock.now()) }),
      box.input,
    );
  return at;
}

/** A length of time in whole minutes or hours, such as "12 min". */
export function lengthText(ms) {
  const minutes = Math.max(0, Math.round(ms / MINUTE));
  return minutes < 1 ? t('under 1 min') : lengthWord(minutes);
}

/** How long ago a moment was, such as "3 min ago"; "never" when there is none. */
export function agoText(at, now = clock.now()) {
  if (at === null || at === undefined) return t('never');
  if (now - at < 45_000) return t('just now');
  return t('{length} ago', { length: lengthText(now - at) });
}
