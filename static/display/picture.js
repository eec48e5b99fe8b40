/**
 * The office's own picture (a poster, a plan of the house), only while nobody is called: beside a
 * number there is nothing else to look at.
 */

const AGAIN_MS = 10 * 60_000;

export class Picture {
  #image;
  #wanted;
  #there = false;
  #shown = false;

  /** @param {HTMLImageElement} image @param {boolean} wanted whether this display has one */
  constructor(image, wanted) {
    this.#image = image;
    this.#wanted = wanted;
    if (!wanted) return;
    image.addEventListener('load', () => this.#set(true));
    image.addEventListener('error', () => this.#set(false));
    setInterval(() => this.#load(), AGAIN_MS);
    this.#load();
  }

  /** @param {boolean} quiet whether nobody is called now */
  render(quiet) {
    this.#shown = quiet;
    this.#image.hidden = !(this.#wanted && this.#there && this.#shown);
  }

  #load() {
    this.#image.src = `/api/picture?${Date.now()}`;
  }

  #set(there) {
    this.#there = there;
    this.render(this.#shown);
  }
}
