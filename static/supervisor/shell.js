/** The frame around the sections: navigation, clock, connection, who is signed in. */

import { clock, formatDate, formatElapsed, formatTime } from '../js/clock.js';
import { el, icon, setAttribute, setText } from '../js/component.js';
import { language, t } from '../js/i18n.js';
import { commandButton } from './command.js';
import { chooseLanguage } from './language.js';
import { phaseWord } from './words.js';

const THREE_LINES = 'M4 6h16M4 12h16M4 18h16';
const SIGN_IN = '/signin?next=/supervisor';

export class Shell {
  #sections = new Map();
  #links = new Map();
  #classes;
  #current = null;
  #state = null;
  #connection = null;
  #main = el('main', { id: 'main', tabindex: -1 });
  #office = el('p', { class: 'office' });
  #phase = el('p', { class: 'phase' });
  #clock = el('p', { class: 'clock number' });
  #band = el('div', { class: 'band', role: 'alert', hidden: true });
  #bandText = el('p', {});
  #nav = el('nav', { 'aria-label': t('Sections') });
  #menuCount = el('span', { class: 'count', hidden: true });
  #menu = el('button', { type: 'button', class: 'menu', 'aria-expanded': 'false' });

  /**
   * @param {HTMLElement} root
   * @param {(typeof Object)[]} sections classes with static `id`, `title()`, `count?(state)`; an
   *   instance has `root`, `render(state, now)`, `tick?(now)`
   */
  constructor(root, sections) {
    this.#classes = sections;
    const signIn = el('a', { class: 'button', href: SIGN_IN, text: t('Sign in') });
    this.#band.append(this.#bandText, signIn);
    this.signIn = signIn;
    root.replaceChildren(
      this.#skipLink(),
      this.#header(root.dataset.staff),
      this.#band,
      this.#navigation(),
      this.#main,
    );
    window.addEventListener('hashchange', () => this.#go(true));
    this.#go(false);
  }

  #skipLink() {
    const skip = (event) => {
      event.preventDefault();
      this.#main.focus();
    };
    return el('a', { class: 'skip', href: '#main', text: t('To the content'), on: { click: skip } });
  }

  #header(name) {
    const other = language() === 'en' ? ['id', 'Bahasa Indonesia'] : ['en', 'English'];
    const switchTo = el('button', {
      type: 'button',
      class: 'link',
      lang: other[0],
      text: other[1],
      on: { click: () => chooseLanguage(other[0]) },
    });
    const signOut = commandButton({
      text: t('Sign out'),
      request: () => ['/api/session/end', {}],
      done: () => window.location.assign(SIGN_IN),
    });
    signOut.button.className = 'link';
    return el(
      'header',
      { class: 'top' },
      this.#office,
      this.#phase,
      this.#clock,
      el(
        'div',
        { class: 'person' },
        switchTo,
        name ? el('span', { class: 'name', text: name }) : null,
        signOut,
      ),
    );
  }

  #navigation() {
    const items = this.#classes.map((Section) => {
      const count = el('span', { class: 'count', hidden: true });
      const link = el('a', { href: `#${Section.id}` }, el('span', { text: Section.title() }), count);
      this.#links.set(Section.id, { link, count });
      return el('li', {}, link);
    });
    this.#menu.append(icon(THREE_LINES), el('span', { text: t('Sections') }), this.#menuCount);
    this.#menu.addEventListener('click', () => this.#openMenu(!this.#isMenuOpen));
    const choose = { click: () => this.#openMenu(false) };
    this.#nav.append(this.#menu, el('ul', { on: choose }, ...items));
    this.#nav.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || !this.#isMenuOpen) return;
      this.#openMenu(false);
      this.#menu.focus();
    });
    return this.#nav;
  }

  /** A small screen shows the sections only when asked. */
  #openMenu(open) {
    setAttribute(this.#menu, 'aria-expanded', String(open));
  }

  get #isMenuOpen() {
    return this.#menu.getAttribute('aria-expanded') === 'true';
  }

  #go(focus) {
    const id = window.location.hash.slice(1);
    const Section = this.#classes.find((one) => one.id === id) ?? this.#classes[0];
    let section = this.#sections.get(Section.id);
    if (!section) {
      section = new Section();
      this.#sections.set(Section.id, section);
    }
    for (const [name, { link }] of this.#links)
      setAttribute(link, 'aria-current', name === Section.id ? 'page' : null);
    this.#openMenu(false);
    const changed = this.#current !== section;
    this.#current = section;
    if (!changed) return;
    const heading = el('h1', { text: Section.title() });
    this.#main.replaceChildren(heading, section.root);
    window.scrollTo(0, 0);
    if (focus) this.#main.focus({ preventScroll: true });
    this.#title();
    this.#renderSection();
  }

  /** @param {object} state snapshot */
  render(state) {
    this.#state = state;
    setText(this.#office, state.office?.name ?? '');
    setText(
      this.#phase,
      !state.phase
        ? ''
        : state.held
          ? t('{phase}, held', { phase: phaseWord(state.phase) })
          : phaseWord(state.phase),
    );
    this.#phase.hidden = !state.phase;
    for (const Section of this.#classes) showCount(this.#links.get(Section.id).count, Section.count?.(state));
    showCount(this.#menuCount, this.#classes[0].count?.(state));
    this.#title();
    this.#renderSection();
    this.#showClock(clock.now());
  }

  /** The newest snapshot's. */
  get alarms() {
    return this.#state?.alarms ?? [];
  }

  #renderSection() {
    if (!this.#state || !this.#current) return;
    try {
      this.#current.render(this.#state, clock.now());
    } catch (error) {
      console.error(error);
    }
  }

  #title() {
    const alarms = this.#state?.alarms?.length ?? 0;
    const section = this.#classes.find((one) => this.#sections.get(one.id) === this.#current);
    const title = t('{section} – Supervisor', { section: section.title() });
    document.title = alarms ? t('({count} alarms) {title}', { count: alarms, title }) : title;
  }

  /** @param {{online: boolean, lastGood: number | null, status: number | null}} connection */
  showConnection(connection) {
    this.#connection = connection;
    this.#main.classList.toggle('offline', !connection.online);
    this.#showBand(clock.now());
  }

  #showBand(now) {
    const { online, lastGood, status } = this.#connection ?? { online: true, status: null };
    const refused = status === 401 || status === 403;
    this.#band.hidden = online && !refused;
    this.signIn.hidden = !refused;
    if (this.#band.hidden) return;
    if (refused)
      setText(
        this.#bandText,
        status === 401
          ? t('You are not signed in.')
          : t("This page is for the supervisor. Sign in with a supervisor's label."),
      );
    else if (lastGood === null) setText(this.#bandText, t('No connection to the server.'));
    else
      setText(
        this.#bandText,
        t('Connection lost. What you see is from {time}. Trying again by itself.', {
          time: formatTime(lastGood),
        }),
      );
    this.#band.dataset.age = lastGood ? formatElapsed(now - lastGood) : '';
  }

  #showClock(now) {
    const zone = this.#state?.office?.zone_label ?? '';
    setText(this.#clock, t('{time} {zone}', { time: formatTime(now), zone }));
    this.#clock.title = formatDate(now);
  }

  /** @param {number} now server's time, ms */
  tick(now) {
    this.#showClock(now);
    if (!this.#state) return;
    try {
      this.#current?.tick?.(now);
    } catch (error) {
      console.error(error);
    }
  }
}

/** What is to be seen in a section, beside its name. */
function showCount(count, found) {
  count.hidden = !found;
  if (!found) return;
  if (count.dataset.said !== found.said) {
    count.dataset.said = found.said;
    count.replaceChildren(
      el('span', { 'aria-hidden': 'true', text: found.number }),
      el('span', { class: 'visually-hidden', text: found.said }),
    );
  }
  count.classList.toggle('count-alert', found.alert === true);
}
