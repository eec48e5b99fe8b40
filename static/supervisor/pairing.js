/** Pairing: a code on this page, typed at the new device. */

import { formatElapsed } from '../js/clock.js';
import { el, setText } from '../js/component.js';
import { t } from '../js/i18n.js';
import { commandButton, commandForm, neededText } from './command.js';
import { selectField, textField } from './fields.js';
import { deviceKindWord, deviceKinds } from './words.js';

/** A new device; its code then appears on the page. */
export function pairForm(done) {
  const kind = selectField({ label: t('Kind'), options: deviceKinds(), value: 'kiosk' });
  const name = textField({
    label: t('Name'),
    size: 28,
    hint: t('Where it stands, such as "Layar ruang tunggu".'),
    attributes: { maxlength: 60 },
  });
  return commandForm({
    fields: [kind, name],
    submit: t('Make a pairing code'),
    request: () => ['/api/devices', { kind: kind.input.value, name: neededText(name, t('Enter a name.')) }],
    done,
  });
}

/**
 * The code of a device that is waiting to be paired, large, with the time it has left.
 * @returns {HTMLElement} `tick(now)` counts down
 */
export function pairingBox(device) {
  const left = el('p', { class: 'strong' });
  const until = device.pairing?.until ?? 0;
  const box = el(
    'li',
    { class: 'pairing' },
    el(
      'div',
      {},
      el('p', { class: 'strong', text: t('Pair {name} ({kind})', wordsOf(device)) }),
      el('p', { text: t("On that device open this server's address followed by /pair and type the code.") }),
      left,
    ),
    el('p', { class: 'code', text: device.pairing?.code ?? '' }),
    el('div', { class: 'acts' }, newCodeButton(device, t('New code')), removeButton(device)),
  );
  box.tick = (now) => {
    const rest = until - now;
    box.classList.toggle('over', rest <= 0);
    setText(
      left,
      rest > 0 ? t('Valid for {time} more', { time: formatElapsed(rest) }) : t('The code is too old.'),
    );
  };
  return box;
}

/** One of the devices that were revoked. */
export function revokedLine(device) {
  return el(
    'li',
    {},
    el('span', { text: t('{name} ({kind})', wordsOf(device)) }),
    newCodeButton(device, t('Pair again')),
  );
}

const wordsOf = ({ name, kind }) => ({ name, kind: deviceKindWord(kind) });

function newCodeButton({ id, name }, text) {
  return commandButton({
    text,
    label: t('{text}: {name}', { text, name }),
    request: () => [`/api/devices/${id}/pair`, {}],
  });
}

function removeButton({ id, name }) {
  return commandButton({
    text: t('Remove'),
    label: t('Remove {name}', { name }),
    request: () => [`/api/devices/${id}/revoke`, {}],
  });
}
