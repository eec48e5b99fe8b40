/** Why a display was silent, in words that say what to do. */

import { t } from '../js/i18n.js';

export function faultWord(code) {
  switch (code) {
    case 'sound_blocked':
      return t('tap that screen once, so that its browser lets sound through');
    case 'sound_off':
      return t('its sound is switched off in the settings of the device');
    case 'sound_unavailable':
      return t('it has no sound output');
    default:
      return t('no sound ({code})', { code });
  }
}
