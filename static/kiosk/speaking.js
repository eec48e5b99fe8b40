/**
 * The speaking mode, for people who cannot see or read the screen: each page says what it asks and
 * its choices by number, and the number keys of a keyboard or keypad choose. Touch goes on working,
 * and the numbers stand on the buttons.
 */

import { language } from '../js/i18n.js';

const STAFF_KEY = '9';
const LOADING = 5000;
/** Said when the server cannot be asked any more; fetched as long as it can. */
const CUT_OFF = ['paused', 'ask_staff'];

/**
 * What a page says.
 * @typedef {object} Speech
 * @property {string} state names the page's state: it is said anew when this changes
 * @property {string[]} words in the words of /api/voice/kiosk.wav
 * @property {{element: HTMLElement, words: string[]}[]} choices at most eight
 * @property {(key: string) => string[] | null} [typed] takes the keys of a page on which something
 *   is typed: digits, `*` and `enter`; returns what to say, or null for a key that it does not want
 */

export class SpeakingMode {
  on = false;
  #audio = new Audio();
  #script = null;
  #said = null;
  #greeting = false;
  #numbered = [];
  /** The sound of CUT_OFF as the address of a blob, and its language. */
  #cutOff = null;
  #actions;

  /**
   * @param {{back: () => boolean, help: () => void, language: () => void, changed: () => void}}
   *   actions `back`: whether there was a page to go back to; `language`: to the other one
   */
  constructor(actions) {
    this.#actions = actions;
    this.#audio.preload = 'auto';
  }

  /** Whether something is being said now. A sound that never came does not count. */
  get talking() {
    const { paused, ended, error, readyState } = this.#audio;
    const heard = error === null && readyState >= HTMLMediaElement.HAVE_CURRENT_DATA;
    return this.on && heard && !paused && !ended;
  }

  toggle() {
    if (this.on) this.end();
    else this.begin();
  }

  begin() {
    this.on = true;
    this.#said = null;
    this.#greeting = true;
    this.#actions.changed();
  }

  /** End after what was wanted is done. */
  leave() {
    if (!this.on) return;
    this.end();
    this.#play(['goodbye']);
  }

  end() {
    if (!this.on) return;
    this.on = false;
    this.#audio.pause();
    this.#audio.removeAttribute('src');
    this.#number([]);
    this.#script = null;
    this.#actions.changed();
  }

  /**
   * Say the page if it is another one than before.
   * @param {Speech} script
   */
  render(script) {
    if (!this.on) return;
    this.#script = script;
    this.#number(script.choices);
    const state = `${language()} ${script.state}`;
    if (state === this.#said) return;
    this.#said = state;
    this.#say();
  }

  /**
   * A key of the keyboard or keypad.
   * @param {KeyboardEvent} event
   * @returns {boolean} whether it was meant for the speaking mode
   */
  press(event) {
    const key = keyOf(event);
    if (key === null || event.repeat) return false;
    if (!this.on) {
      if (key === 'enter') return false;
      this.begin();
      return true;
    }
    if (key === '+') {
      this.#greeting = true;
      this.#actions.language();
      return true;
    }
    const answer = this.#script?.typed?.(key) ?? null;
    if (answer !== null) this.remark(...answer);
    else if (key === 'enter') return false;
    else if (key === '0') this.#say();
    else if (key === '*') this.#goBack();
    else if (key === STAFF_KEY) this.#actions.help();
    else this.#choose(this.#script?.choices[Number(key) - 1]);
    return true;
  }

  /** Something short beside the page, such as that staff have been called. */
  remark(...words) {
    if (this.on && words.length > 0) this.#play(words);
  }

  /** One page back; from the first page, out of the speaking mode. */
  #goBack() {
    if (!this.#actions.back()) this.leave();
  }

  #choose(choice) {
    if (choice) choice.element.click();
    else this.remark('no_choice');
  }

  #say() {
    const { words, choices } = this.#script;
    const offered = choices.flatMap((choice, place) => [...choice.words, `press:${place + 1}`]);
    const greeting = this.#greeting ? ['other_language', 'welcome'] : [];
    this.#greeting = false;
    this.#play([...greeting, ...words, ...offered]);
  }

  async #play(words) {
    this.#prepare();
    await this.#sound(addressOf(words));
    const { error } = this.#audio;
    if (error !== null && this.#cutOff?.url) await this.#sound(this.#cutOff.url);
  }

  /** Have ready what is said without a server. */
  async #prepare() {
    if (this.#cutOff?.language === language()) return;
    if (this.#cutOff?.url) URL.revokeObjectURL(this.#cutOff.url);
    const kept = { language: language(), url: null };
    this.#cutOff = kept;
    try {
      const answer = await fetch(addressOf(CUT_OFF), { signal: AbortSignal.timeout(LOADING) });
      if (!answer.ok) throw new Error(answer.statusText);
      const url = URL.createObjectURL(await answer.blob());
      if (this.#cutOff === kept) kept.url = url;
      else URL.revokeObjectURL(url);
    } catch (error) {
      if (this.#cutOff === kept) this.#cutOff = null;
      console.warn('not kept', error.name);
    }
  }

  async #sound(url) {
    const audio = this.#audio;
    audio.src = url;
    const timer = setTimeout(() => audio.readyState === 0 && audio.load(), LOADING);
    try {
      await audio.play();
    } catch (error) {
      // Interrupted by the next page, or no sound at all: the screen goes on in any case.
      if (error.name !== 'AbortError') console.warn('not said', error.name);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Write the numbers on the buttons. */
  #number(choices) {
    const elements = choices.map((choice) => choice.element);
    // Also those of pages that are not shown now.
    for (const element of this.#numbered) {
      if (!elements.includes(element)) {
        delete element.dataset.key;
        element.removeAttribute('aria-keyshortcuts');
      }
    }
    elements.forEach((element, place) => {
      element.dataset.key = String(place + 1);
      element.setAttribute('aria-keyshortcuts', String(place + 1));
    });
    this.#numbered = elements;
  }
}

function addressOf(words) {
  const query = new URLSearchParams({ language: language(), say: words.join(',') });
  return `/api/voice/kiosk.wav?${query}`;
}

/**
 * A digit, `*` for back, `+` for the other language, `enter`, or null. A keypad without NumLock sends arrows, so its own names
 * count.
 */
function keyOf(event) {
  if (event.ctrlKey || event.altKey || event.metaKey) return null;
  const onKeypad = /^Numpad(\d)$/.exec(event.code ?? '');
  if (onKeypad) return onKeypad[1];
  if (/^[\d*+]$/.test(event.key)) return event.key;
  if (event.key === 'Enter' || event.key === '#') return 'enter';
  return event.key === 'Backspace' ? '*' : null;
}
