/** The line at the top of every page: the office and the clock. */

import { clock, formatDate, formatTime } from '../js/clock.js';
import { el, setText } from '../js/component.js';

export class Header {
  constructor() {
    this.office = el('span', { class: 'header-office' });
    this.date = el('span', { class: 'header-date' });
    this.time = el('strong', { class: 'header-time' });
    const when = el('span', { class: 'header-when' }, this.date, this.time);
    this.element = el('header', { class: 'header' }, this.office, when);
  }

  render({ snapshot }) {
    setText(this.office, snapshot?.office.name ?? '');
    if (!snapshot) return;
    const now = clock.now();
    setText(this.date, formatDate(now));
    setText(this.time, `${formatTime(now)} ${snapshot.office.zone_label ?? ''}`.trim());
  }
}
