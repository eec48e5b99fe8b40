/** How the other screens and the phones reach this server. */

import { get } from '../js/api.js';
import { el, setText } from '../js/component.js';
import { t } from '../js/i18n.js';
import { choiceField, textField } from './fields.js';
import { Wrong } from '../js/form.js';

const HERE = 'here';
const LAN = 'lan';
const LOOPBACK = /^https?:\/\/(localhost|127\.|0\.0\.0\.0|\[::1\])/i;
const LOOK_EVERY = 3000; // milliseconds, while there is no network yet

export const networkQuestion = {
  name: 'network',
  title: () => t('Are there screens on other devices?'),
  build({ answers, answered, status }) {
    let known = addressesOf(status);
    const address = textField({
      label: t('Address of this server in the office network'),
      value: answers.public_url || known[0] || '',
      hint: severalText(known),
      attributes: { maxlength: 120, inputmode: 'url' },
    });
    const advice = el(
      'div',
      { class: 'notice' },
      el('p', { text: t('Keep this address fixed: in the router reserve it for this computer (DHCP reservation), or give the computer a fixed address. If it changes, no screen and no QR code finds the server.') }),
    );
    const none = el('p', {
      class: 'notice notice-alert',
      text: t('This computer is in no network now. Connect the cable or the Wi-Fi of the office: this page notices by itself. Without a network choose the second answer.'),
    });
    const choice = choiceField({
      legend: t('Are there screens on other devices?'),
      value: !answered.has('lan') || answers.lan === 'on' ? LAN : HERE,
      options: [
        { value: LAN, text: t('Yes, in the network of the office'), hint: t('Counters, display, kiosk and the phones of citizens. No internet is needed.') },
        { value: HERE, text: t('No, everything on this computer'), hint: t('It can be changed later.') },
      ],
      onChange: () => show(),
    });
    const show = () => {
      const away = choice.value === LAN;
      address.root.hidden = !away;
      advice.hidden = !away || known.length === 0;
      none.hidden = !away || known.length > 0;
      address.hint.hidden = known.length < 2;
      setText(address.hint, severalText(known));
    };
    show();
    const look = async () => {
      known = addressesOf(await get('/api/setup').catch(() => status));
      if (known.length === 0) return;
      clearInterval(looking);
      if (!address.value) address.input.value = known[0];
      show();
    };
    const looking = known.length === 0 ? setInterval(look, LOOK_EVERY) : null;
    return {
      nodes: [choice.root, none, address.root, advice],
      leave: () => clearInterval(looking),
      answers() {
        if (choice.value === HERE) return { lan: false, public_url: '' };
        const url = address.value.replace(/\/+$/, '');
        if (!/^https?:\/\/[^\s/]+$/.test(url)) {
          throw new Wrong(t('Enter an address such as {address}', { address: 'http://192.168.1.10:8017' }), address);
        }
        if (LOOPBACK.test(url)) {
          throw new Wrong(t('No other device reaches {address}: enter the address in the network of the office.', { address: url }), address);
        }
        return { lan: true, public_url: url };
      },
    };
  },
};

/** @returns {string[]} of the server in its networks now */
function addressesOf({ network }) {
  return (network?.addresses ?? []).map((address) => `http://${address}:${network.port}`);
}

function severalText(known) {
  return t('This computer has several: {addresses}', { addresses: known.join(', ') });
}
