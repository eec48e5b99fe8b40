/** A keypad on the screen, for machines without a keyboard. */

import { el, renderList, setAttribute, setText } from './component.js';
import { onTap } from './tap.js';
import { t } from './i18n.js';

export const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

export class Pad {
  /**
   * @param {(text: string) => void} onChange told the text after each key
   * @param {{apart?: boolean}} [options] `apart`: the key that deletes is not among the others but
   *   `eraser`, to be put elsewhere
   */
  constructor(onChange, { apart = false } = {}) {
    this.text = '';
    this.onChange = onChange;
    this.keys = el('div', { class: 'pad' });
    this.shown = el('output', { class: 'pad-text number' });
    this.eraser = apart ? this.#key('delete') : null;
    this.element = el('div', { class: 'pad-block' }, this.shown, this.keys);
  }

  /**
   * @param {{characters: string, places: number, least?: number, label: string}} model the keys to
   *   show, how many characters make a whole text, at most and at least, and the text's name for
   *   screen readers
   */
  render({ characters, places, least = places, label }) {
    this.places = places;
    this.least = least;
    this.characters = characters;
    renderList(
      this.keys,
      this.eraser ? [...characters] : [...characters, 'delete'],
      (key) => key,
      (key) => this.#key(key),
      (node, key) => {
        if (key === 'delete') setText(node, t('Delete'));
        // Digits after letters begin a row of their own.
        node.toggleAttribute('data-row', key === '0' && characters[0] !== '0');
      },
    );
    if (this.eraser) setText(this.eraser, t('Delete'));
    setAttribute(this.shown, 'aria-label', label);
    this.#show();
  }

  /**
   * Take a key from the screen or from a keyboard that may be there.
   * @param {string} key a character, or `delete`
   */
  press(key) {
    if (key === 'delete') this.text = this.text.slice(0, -1);
    else if (this.characters.includes(key) && this.text.length < this.places) this.text += key;
    else return;
    this.#show();
    this.onChange(this.text);
  }

  /**
   * Type with a keyboard, if the machine has one, while this pad is on the page.
   * @param {KeyboardEvent} event
   */
  type(event) {
    if (event.ctrlKey || event.altKey || event.metaKey || !this.element.isConnected) return;
    if (event.key === 'Backspace') this.press('delete');
    else if (event.key.length === 1) this.press(event.key.toUpperCase());
  }

  clear() {
    this.text = '';
  }

  /** @returns {HTMLElement} the key of a character that is shown */
  keyFor(character) {
    return this.keys.children[this.characters.indexOf(character)];
  }

  #show() {
    setText(this.shown, this.text.padEnd(this.least, '_'));
  }

  #key(key) {
    const node = el('button', {
      type: 'button',
      class: `button pad-key${key === 'delete' ? ' pad-delete' : ''}`,
      text: key,
    });
    onTap(node, () => this.press(key), { repeat: true });
    return node;
  }
}
