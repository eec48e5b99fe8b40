/** The frames of the drill's page: real pages at a real screen's size, drawn to fit their place. */

import { el } from '../js/component.js';

export class Stage {
  #box;
  #alone;
  #frame = null;
  #width;
  #height;

  /**
   * @param {HTMLElement} box has data-width and data-height: CSS pixels of the screen inside
   * @param {HTMLAnchorElement} alone leads to the same page in a tab of its own, at its real size
   */
  constructor(box, alone) {
    this.#box = box;
    this.#alone = alone;
    this.#width = Number(box.dataset.width);
    this.#height = Number(box.dataset.height);
    box.style.setProperty('--frame-ratio', String(this.#width / this.#height));
    new ResizeObserver(() => this.#fit()).observe(box);
  }

  /**
   * Show a page of this server, unless it is shown already.
   * @param {string | null} address null: nothing to show yet, what is there stays
   * @param {string} title for screen readers
   */
  show(address, title) {
    if (!address || this.#frame?.getAttribute('src') === address) return;
    const frame = el('iframe', {
      src: address,
      title,
      allow: 'autoplay',
      width: this.#width,
      height: this.#height,
    });
    this.#frame = frame;
    this.#alone.href = address;
    this.#box.replaceChildren(frame);
    this.#fit();
  }

  #fit() {
    const { clientWidth, clientHeight } = this.#box;
    const scale = Math.min(clientWidth / this.#width, clientHeight / this.#height);
    if (scale > 0) this.#box.style.setProperty('--frame-scale', String(scale));
  }
}
