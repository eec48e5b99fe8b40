/** The one thing that an alarm proposes, as a button, where there is one. */

import { t } from '../js/i18n.js';
import { commandButton } from './command.js';

/**
 * @param {{id?: number, code: string, details?: object, acknowledged_at?: number}} alarm
 * @returns {HTMLElement | null}
 */
export function alarmAction({ id, code, acknowledged_at: acknowledged, details = {} }) {
  const state = (text, body) =>
    commandButton({ text, request: () => [`/api/services/${details.service}/state`, body] });
  if (id) return acknowledged ? null : takeCare(id);
  switch (code) {
    case 'blanks_gone':
      return state(t('Give biodata instead'), {
        state: 'biodata_instead',
        cause: 'blanks',
        move_waiting: true,
      });
    case 'blanks_back':
      return state(t('Restore'), { state: 'open' });
    case 'link_reported':
      return state(t('Suspend'), { state: 'suspended', cause: 'link' });
    default:
      return null;
  }
}

/** Alarms about paper ring until somebody has answered. */
function takeCare(id) {
  return commandButton({
    text: t('I take care of it'),
    request: () => [`/api/alarms/${id}/acknowledge`, {}],
  });
}
