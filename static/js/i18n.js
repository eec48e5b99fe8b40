/**
 * Screen texts. A text is named by its English form; the page brings the other languages' texts,
 * {language: {msgid: text}}, so that no lost connection leaves a screen without words. Plurals are
 * separate texts.
 */

const catalogues = JSON.parse(document.getElementById('texts').textContent);
let current = document.documentElement.lang || 'id';

/**
 * Switch the page to a language.
 * @param {string} language
 */
export function setLanguage(language) {
  current = language;
  document.documentElement.lang = language;
}

/** @returns {string} the language in use */
export function language() {
  return current;
}

/**
 * The text in the current language, with {name} placeholders filled.
 * @param {string} msgid the English text
 * @param {Record<string, string | number>} [params]
 * @returns {string} the English text where there is no translation
 */
export function t(msgid, params = {}) {
  const text = catalogues[current]?.[msgid] || msgid;
  return text.replace(/\{(\w+)\}/g, (whole, name) =>
    name in params ? String(params[name]) : whole,
  );
}

/**
 * Pick from a text that the office wrote in both languages.
 * @param {{id?: string, en?: string} | string | null | undefined} text
 * @returns {string}
 */
export function pick(text) {
  if (text === null || text === undefined) return '';
  if (typeof text === 'string') return text;
  return text[current] || text.id || text.en || '';
}
