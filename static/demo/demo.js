/** The drill's page: takes one's place, shows all screens, and sets how fast time runs. */

import { get, post } from '../js/api.js';
import { clock, formatTime } from '../js/clock.js';
import { setAttribute, setText } from '../js/component.js';
import { t } from '../js/i18n.js';
import { Stage } from './frames.js';

const LOOK_EVERY_MS = 2000;

class DrillPage {
  #stages = new Map();
  #clock = document.getElementById('drill-clock');
  #counter = document.getElementById('drill-counter');
  #refusal = document.getElementById('drill-refusal');
  #buttons = [...document.querySelectorAll('[data-speed]')];

  constructor() {
    for (const box of document.querySelectorAll('[data-frame]')) {
      const alone = box.parentElement.querySelector('[data-alone]');
      this.#stages.set(box.dataset.frame, new Stage(box, alone));
    }
    for (const button of this.#buttons) {
      button.addEventListener('click', () => this.#runAt(Number(button.dataset.speed)));
    }
  }

  /** Once the place is taken the screens let this browser in. */
  async start() {
    await this.#attempt(() => post('/api/demo/enter'));
    const language = `lang=${document.documentElement.lang}`;
    this.#stages.get('display').show(`/display?${language}`, t('Display'));
    this.#stages.get('kiosk').show(`/kiosk?${language}`, t('Kiosk'));
    this.#stages.get('counter').show(`/counter?${language}`, t('Counter'));
    clock.everySecond((now) => setText(this.#clock, formatTime(now)));
    this.#look();
  }

  async #look() {
    await this.#attempt(() => get('/api/demo'));
    setTimeout(() => this.#look(), LOOK_EVERY_MS);
  }

  async #runAt(speed) {
    await this.#attempt(() => post('/api/demo/speed', { speed }));
  }

  async #attempt(ask) {
    try {
      this.#render(await ask());
      this.#refusal.hidden = true;
    } catch (error) {
      setText(this.#refusal, error.detail || t('The server does not answer. Trying again by itself.'));
      this.#refusal.hidden = false;
    }
  }

  #render({ now, speed, counter, phone }) {
    clock.sync(now, undefined, speed);
    setText(this.#counter, counter);
    for (const button of this.#buttons) {
      setAttribute(button, 'aria-pressed', String(Number(button.dataset.speed) === speed));
    }
    const language = document.documentElement.lang;
    this.#stages.get('phone').show(phone && `/t/${phone}?lang=${language}`, t('Phone'));
  }
}

await new DrillPage().start();
