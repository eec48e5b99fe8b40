/** What a paired device needs to know: its screen's size, its counter, its printer. */

import { el, setText } from '../js/component.js';
import { t } from '../js/i18n.js';
import { commandForm, neededText, wholeNumber } from './command.js';
import { checkField, numberField, selectField, textField } from './fields.js';
import { counterList } from './tickets.js';
import { counterName, serviceName } from './words.js';

/** Digits called: viewing distance / 50; capitals and digits are 0.668 em high. */
const DIGIT_PER_METRE = 20;
const CAPITAL = 0.668;
/** The called number may take at most half of the screen's height. */
const SHARE = 0.5;
const HEIGHT = { min: 50, max: 5000 };
const DISTANCE = { min: 1, max: 50 };

/**
 * Whether a display is too small for its distance.
 * @param {number | undefined} heightMm visible height
 * @param {number | undefined} distanceM
 * @returns {string} a sentence, empty when it is large enough or not configured
 */
export function sizeWarning(heightMm, distanceM) {
  if (!heightMm || !distanceM) return '';
  const most = (heightMm * SHARE * CAPITAL) / DIGIT_PER_METRE;
  if (distanceM <= most) return '';
  return t('This screen is too small for {m} m; it can be read from {most} m.', {
    m: distanceM,
    most: Math.floor(most * 10) / 10,
  });
}

/**
 * @param {object} options
 * @param {object} options.device
 * @param {object} options.state snapshot
 * @param {() => void} options.done
 * @param {() => void} options.cancel
 */
export function configureForm({ device, state, done, cancel }) {
  const config = device.config ?? {};
  const parts = partsOf(device.kind, config, state);
  const name = textField({ label: t('Name'), value: device.name, size: 28, attributes: { maxlength: 60 } });
  return commandForm({
    title: t('Set up {name}', { name: device.name }),
    fields: [name, ...parts.flatMap((part) => part.boxes)],
    submit: t('Save'),
    cancel,
    done,
    keep: true,
    request: () => [
      `/api/devices/${device.id}/configure`,
      {
        name: neededText(name, t('Enter a name.')),
        config: Object.assign({}, ...parts.map((part) => part.read())),
      },
    ],
  });
}

/** The inputs of a kind of device: each part has its boxes, and reads them into a config. */
function partsOf(kind, config, state) {
  switch (kind) {
    case 'display':
      return [heightAndDistance(config), zone(config), sound(config), looks(config), services(config, state.services ?? [])];
    case 'kiosk':
      return [height(config), printer(config, state.printers ?? [])];
    case 'counter':
      return [counter(config, state)];
    default:
      return [];
  }
}

function heightField(config) {
  return numberField({
    label: t('Visible height of the screen (mm)'),
    value: config.screen_height_mm ?? '',
    ...HEIGHT,
    hint: t('Measured with a ruler, without the frame.'),
  });
}

function height(config) {
  const box = heightField(config);
  return { boxes: [box], read: () => ({ screen_height_mm: wholeNumber(box, HEIGHT) }) };
}

function heightAndDistance(config) {
  const box = heightField(config);
  const distance = numberField({
    label: t('Viewing distance (m)'),
    value: config.viewing_distance_m ?? '',
    ...DISTANCE,
    hint: t('To the farthest seat.'),
  });
  const warning = el('p', { class: 'problem', 'aria-live': 'polite' });
  const show = () => setText(warning, sizeWarning(Number(box.input.value), Number(distance.input.value)));
  for (const { input } of [box, distance]) input.addEventListener('input', show);
  show();
  const read = () => ({
    screen_height_mm: wholeNumber(box, HEIGHT),
    viewing_distance_m: wholeNumber(distance, DISTANCE),
  });
  return { boxes: [box, distance, el('div', { class: 'field-wide' }, warning)], read };
}

function zone(config) {
  const box = textField({
    label: t('Zone'),
    value: config.zone,
    size: 16,
    hint: t('Empty: calls of all counters.'),
  });
  return { boxes: [box], read: () => ({ zone: box.input.value.trim() || null }) };
}

function sound(config) {
  const voice = selectField({
    label: t('Voice'),
    value: config.voice ?? 'on',
    options: [
      ['on', t('on')],
      ['off', t('off')],
    ],
  });
  const volume = numberField({ label: t('Volume (per cent)'), value: config.volume ?? 100, max: 100 });
  const read = () => ({ voice: voice.input.value, volume: wholeNumber(volume, { max: 100 }) });
  return { boxes: [voice, volume], read };
}

function looks(config) {
  const overscan = numberField({
    label: t('Cut off at each edge (per cent)'),
    value: config.overscan ?? 0,
    max: 10,
    hint: t('For a TV that does not show its edges; 0 for all others.'),
  });
  const picture = selectField({
    label: t('Own picture'),
    value: config.picture ?? 'off',
    options: [
      ['off', t('off')],
      ['on', t('on')],
    ],
    hint: t('picture.png or picture.jpg in the data folder; shown while nobody is called.'),
  });
  const read = () => ({
    overscan: wholeNumber(overscan, { max: 10 }) ?? 0,
    picture: picture.input.value,
  });
  return { boxes: [overscan, picture], read };
}

function services(config, all) {
  const chosen = config.services ?? [];
  const boxes = all.map((service) =>
    checkField({ label: serviceName(service), checked: chosen.includes(service.code) }),
  );
  const root = el(
    'fieldset',
    { class: 'field-wide' },
    el('legend', { class: 'label', text: t('Only these services') }),
    el('p', { class: 'hint', text: t('None ticked: all services.') }),
    el('div', { class: 'checks' }, ...boxes),
  );
  const read = () => {
    const codes = all.filter((_, index) => boxes[index].input.checked).map((service) => service.code);
    return { services: codes.length ? codes : null };
  };
  return { boxes: [root], read };
}

function counter(config, state) {
  const options = counterList(state).map(({ number }) => [String(number), counterName(number)]);
  const box = selectField({
    label: t('Counter'),
    options: [['', t('chosen when signing in')], ...options],
    value: config.counter ?? '',
  });
  return { boxes: [box], read: () => ({ counter: box.input.value ? Number(box.input.value) : null }) };
}

function printer(config, printers) {
  const options = printers.filter((one) => one.active).map((one) => [String(one.id), one.name]);
  const first = selectField({
    label: t('Printer'),
    options: [['', t('the first one')], ...options],
    value: config.printer ?? '',
  });
  const second = selectField({
    label: t('When it fails'),
    options: [['', t('no second printer')], ...options],
    value: config.fallback ?? '',
  });
  const chosen = (box) => (box.input.value ? Number(box.input.value) : null);
  const read = () => ({ printer: chosen(first), fallback: chosen(second) });
  return { boxes: [first, second], read };
}
