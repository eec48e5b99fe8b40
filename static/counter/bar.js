/** The bar at the top: which counter, who, what is going on in the hall, tools. */

import { formatTime } from '../js/clock.js';
import { setAttribute, setText } from '../js/component.js';
import { pick, t } from '../js/i18n.js';
import { HELP, TOOLS } from './actions.js';
import { renderActions } from './button.js';
import { serviceOf } from './desk_view.js';
import { voterBand } from './voters.js';
import { agoWord, helpWord } from './words.js';

export class Bar {
  #parts = {};
  #run;

  /**
   * @param {HTMLElement} box holds the elements with data-part
   * @param {(action: object) => void} run
   */
  constructor(box, run) {
    for (const part of box.querySelectorAll('[data-part]')) this.#parts[part.dataset.part] = part;
    this.#run = run;
  }

  render(view, connection) {
    const { counter, me, snapshot, now } = view;
    const parts = this.#parts;
    setText(parts.staff, me.staff);
    setText(parts.serves, servesWord(view));
    setText(parts.time, formatTime(now));
    setText(parts.plan, counter?.closes_at ? t('closes {time}', { time: formatTime(counter.closes_at) }) : '');
    renderActions(parts.tools, TOOLS, view, this.#run);
    this.#renderHelp(view);
    this.renderStrip(snapshot, connection);
  }

  #renderHelp(view) {
    const [call] = view.snapshot.help;
    const { help, helpText, helpAction } = this.#parts;
    help.hidden = !call;
    if (!call) return;
    setText(helpText, t('{call} ({ago})', { call: helpWord(call), ago: agoWord(view.now - call.at) }));
    renderActions(helpAction, [HELP], view, this.#run);
  }

  /** What everybody here must know now. @param {object | null} snapshot */
  renderStrip(snapshot, connection) {
    const { strip } = this.#parts;
    const lines = stripLines(snapshot, connection);
    strip.hidden = lines.length === 0;
    setText(strip, lines.map(({ text }) => text).join('  ·  '));
    setAttribute(strip, 'data-alert', lines.some(({ alert }) => alert));
  }
}

function servesWord({ counter, snapshot }) {
  if (counter?.state !== 'open') return '';
  return counter.services
    .map((code) => serviceOf(snapshot, code).letter)
    .sort()
    .join(' ');
}

function stripLines(snapshot, connection) {
  const lines = [];
  const alert = (text) => lines.push({ text, alert: true });
  if (connection && !connection.online) {
    const time = formatTime(connection.lastGood);
    alert(time ? t('Connection lost. Last good data {time}.', { time }) : t('Connection lost.'));
    return lines; // what else there is to say is old
  }
  if (snapshot?.trouble) alert(t('The office cannot write its record now. Call the supervisor.'));
  if (snapshot?.clock.in_doubt) alert(t("The server's clock is in doubt. Call the supervisor."));
  const voters = snapshot ? voterBand(snapshot) : '';
  if (voters) alert(voters);
  if (snapshot?.phase === 'serving_out') lines.push({ text: t('No new numbers; serving out.') });
  if (snapshot?.notice) lines.push({ text: pick(snapshot.notice.text) });
  return lines;
}
