/** Sentences in turn, each in pieces that fit; nothing scrolls. */

import { setAttribute, setText } from '../js/component.js';
import { piecesOf } from './pages.js';

export class Ticker {
  #box;
  #lines = [];
  #pieces = [];
  #at = 0;

  /** @param {HTMLElement} box of fixed size */
  constructor(box) {
    this.#box = box;
  }

  /** @param {{text: string, alert: boolean}[]} lines */
  render(lines) {
    if (JSON.stringify(lines) === JSON.stringify(this.#lines)) return;
    this.#lines = lines;
    this.#at = 0;
    this.resize();
  }

  /** Show the next piece. */
  turn() {
    this.#at += 1;
    this.#draw();
  }

  /** Cut the sentences for the present room. */
  resize() {
    this.#pieces = this.#lines.flatMap(({ text, alert }) =>
      piecesOf(text, (piece) => this.#fits(piece)).map((piece) => ({ text: piece, alert })),
    );
    this.#draw();
  }

  #fits(text) {
    this.#box.textContent = text;
    const halfLine = parseFloat(getComputedStyle(this.#box).lineHeight) / 2;
    return (
      this.#box.scrollWidth <= this.#box.clientWidth &&
      this.#box.scrollHeight < this.#box.clientHeight + halfLine
    );
  }

  #draw() {
    const piece = this.#pieces[this.#at % Math.max(1, this.#pieces.length)];
    setText(this.#box, piece?.text ?? '');
    setAttribute(this.#box, 'data-alert', piece?.alert);
  }
}
