/** Soft sounds for the person at the counter. */

import { Tones } from '../js/tones.js';

export class Bell {
  #tones = new Tones();

  /** Somebody waits again. */
  arrival() {
    this.#tones.play([660]);
  }

  /** A kiosk calls for staff. */
  help() {
    this.#tones.play([880, 660]);
  }
}
