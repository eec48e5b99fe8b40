/** What needs somebody now: alarms, calls for help, and a clock nobody can trust. */

import { clock, formatDate, formatTime } from '../js/clock.js';
import { el, icon, renderList, setText } from '../js/component.js';
import { t } from '../js/i18n.js';
import { commandButton } from './command.js';
import { alarmAction } from './alarm_actions.js';
import { AlarmBell } from './alarm_bell.js';
import { alarmText, alarmSection } from './alarm_words.js';
import { keepFocus } from './table.js';
import { servicesByCode } from './tickets.js';
import { agoText, lengthText } from './times.js';

/** One for the page; it rings whichever section is open. */
export const bell = new AlarmBell();

export class Alarms {
  #list = el('ul', { class: 'alarms' });
  #help = el('ul', { class: 'alarms' });
  #calm = el('p', { class: 'soft', text: t('No alarms.') });
  #silent = el('p', {
    class: 'hint silent',
    hidden: true,
    text: t('The browser plays no sound before somebody has clicked on this page.'),
  });
  #clock = new ClockDoubt();
  root = el(
    'section',
    { 'aria-label': t('Alarms') },
    this.#clock.root,
    this.#help,
    this.#silent,
    this.#list,
    this.#calm,
  );

  render(state, now) {
    this.#silent.hidden = !bell.isHeldBack;
    const alarms = (state.alarms ?? []).filter((alarm) => alarm.code !== 'clock_in_doubt');
    const help = state.help ?? [];
    const services = servicesByCode(state);
    this.#clock.render(state);
    keepFocus(() => {
      renderList(
        this.#help,
        help,
        (call) => call.id,
        helpLine,
        (line, call) => {
          setText(line.querySelector('.when'), agoText(call.at, now));
        },
      );
      renderList(
        this.#list,
        alarms,
        (alarm) => `${alarm.code} ${alarm.acknowledged_at} ${JSON.stringify(alarm.details ?? {})}`,
        (alarm) => alarmLine(alarm, services),
        (line, alarm) => {
          setText(line.querySelector('.when'), alarm.since ? agoText(alarm.since, now) : '');
        },
      );
    });
    this.#list.hidden = alarms.length === 0;
    this.#help.hidden = help.length === 0;
    this.#calm.hidden = alarms.length + help.length > 0 || state.clock?.in_doubt === true;
  }
}

const warningSign = () => icon('M12 3 2 21h20z', 'M12 10v5', 'M12 18v.1');

function alarmLine(alarm, services) {
  const section = alarmSection(alarm.code);
  const loud = isLoud(alarm);
  return el(
    'li',
    { class: loud ? 'notice notice-alert alarm' : 'notice alarm' },
    loud ? warningSign() : null,
    el('p', { class: 'what', text: alarmText(alarm, services) }),
    el('span', { class: 'when' }),
    alarm.acknowledged_by ? el('span', { text: t('taken by {name}', { name: alarm.acknowledged_by }) }) : null,
    alarmAction(alarm),
    section ? el('a', { href: `#${section.id}`, text: section.text }) : null,
  );
}

/** A warning, and what somebody has taken on, is not red any more. */
const isLoud = ({ level, acknowledged_at: answered }) => level !== 'warning' && !answered;

function helpLine(call) {
  const answer = commandButton({
    text: t('I am going there'),
    label: t('Help at {kiosk}: I am going there', { kiosk: call.name }),
    request: () => [`/api/help/${call.id}/answer`, {}],
  });
  return el(
    'li',
    { class: 'notice notice-alert alarm' },
    warningSign(),
    el('p', { class: 'what', text: t('Help is wanted at {kiosk}', { kiosk: call.name }) }),
    el('span', { class: 'when' }),
    answer,
  );
}

/** The computer's clock jumped far: no numbers are given until somebody has looked. */
class ClockDoubt {
  #text = el('p', {});
  root = el(
    'div',
    { class: 'notice notice-alert doubt', hidden: true },
    el('h2', { text: t("Is the server's clock right?") }),
    this.#text,
    commandButton({ text: t('Yes, the clock is right'), request: () => ['/api/clock/confirm', {}] }),
  );

  render(state) {
    const doubt = state.clock?.in_doubt === true;
    this.root.hidden = !doubt;
    if (!doubt) return;
    const at = clock.now() + state.clock.off_by;
    setText(
      this.#text,
      t(
        "It jumped by {length} and now says {time}, {date}. No numbers are given until you confirm it. If it is wrong, set the computer's clock right first.",
        {
          length: lengthText(Math.abs(state.clock.off_by)),
          time: formatTime(at),
          date: formatDate(at),
        },
      ),
    );
  }
}
