/** Small helpers for components: build elements, keep keyed lists. Text is always textContent. */

const SVG = 'http://www.w3.org/2000/svg';

/**
 * Build an element.
 * @param {string} tag
 * @param {object} [props] `class`, `text`, `dataset`, `on` ({event: listener}); `true` sets a bare
 *   attribute, `false`, null and undefined set none; anything else is an attribute
 * @param {...(Node | string | number | null | false | undefined)} children
 * @returns {HTMLElement}
 */
export function el(tag, props = {}, ...children) {
  return fill(document.createElement(tag), props, children);
}

/**
 * An icon of 24 x 24 units drawn by strokes, hidden from screen readers.
 * @param {...string} paths the `d` of each path
 * @returns {SVGElement}
 */
export function icon(...paths) {
  const shapes = paths.map((d) => fill(document.createElementNS(SVG, 'path'), { d }, []));
  const frame = document.createElementNS(SVG, 'svg');
  return fill(frame, { class: 'icon', viewBox: '0 0 24 24', 'aria-hidden': 'true' }, shapes);
}

function fill(element, props, children) {
  for (const [name, value] of Object.entries(props ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name === 'class') element.setAttribute('class', value);
    else if (name === 'text') element.textContent = String(value);
    else if (name === 'dataset') Object.assign(element.dataset, value);
    else if (name === 'on') {
      for (const [event, listener] of Object.entries(value))
        element.addEventListener(event, listener);
    } else element.setAttribute(name, value === true ? '' : String(value));
  }
  element.append(
    ...children.filter((child) => child !== null && child !== undefined && child !== false),
  );
  return element;
}

/**
 * Set an element's text only when it changes, so that live regions stay quiet.
 * @param {Element} element
 * @param {string | number} text
 */
export function setText(element, text) {
  const next = String(text);
  if (element.textContent !== next) element.textContent = next;
}

/**
 * The same for a text of words: one such as "KTP-el" is not broken at its hyphen. Not for a flex
 * box, whose text would fall apart.
 * @param {Element} element
 * @param {string} text
 */
export function setWords(element, text) {
  if (element.textContent === text) return;
  const parts = text.split(/(\S+-\p{L}\S*)/u);
  element.replaceChildren(
    ...parts.map((part, place) => (place % 2 ? el('span', { class: 'whole', text: part }) : part)),
  );
}

/**
 * Set or remove an attribute; false, null and undefined remove it, true sets it bare.
 * @param {Element} element
 * @param {string} name
 * @param {string | number | boolean | null | undefined} value
 */
export function setAttribute(element, name, value) {
  if (value === null || value === undefined || value === false) {
    element.removeAttribute(name);
    return;
  }
  const next = value === true ? '' : String(value);
  if (element.getAttribute(name) !== next) element.setAttribute(name, next);
}

const lists = new WeakMap();

/**
 * Make a container's children match a list: nodes stay with their key, new ones are created,
 * gone ones removed, the order follows the list. All children belong to the list.
 * @template Item
 * @param {Element} container
 * @param {Item[]} items
 * @param {(item: Item) => string | number} key unique in the list
 * @param {(item: Item) => Element} create
 * @param {(node: Element, item: Item) => void} [update] called for new and kept nodes alike
 */
export function renderList(container, items, key, create, update = () => {}) {
  const before = lists.get(container) ?? new Map();
  const after = new Map();
  for (const item of items) {
    const name = key(item);
    const node = before.get(name) ?? create(item);
    before.delete(name);
    after.set(name, node);
    update(node, item);
  }
  for (const node of before.values()) node.remove();
  let place = container.firstElementChild;
  for (const node of after.values()) {
    if (node === place) place = place.nextElementSibling;
    else container.insertBefore(node, place);
  }
  lists.set(container, after);
}
