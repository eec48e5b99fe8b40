/** An answer that cannot be taken, with the field that has to change. */
export class Wrong extends Error {
  /** @param {string} text for the person @param {object} [field] of fields.js */
  constructor(text, field = null) {
    super(text);
    this.field = field;
  }
}
