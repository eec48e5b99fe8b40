/** Every panel by name, and where it opens. */

import { counterPanel, handOverPanel, noticesPanel, planPanel } from './desk_panels.js';
import { issuedPanel, issuePanel } from './issue_panels.js';
import { keysPanel } from './keys_panel.js';
import {
  callPanel,
  cancelPanel,
  parkPanel,
  reclassifyPanel,
  ticketPanel,
  transferPanel,
} from './ticket_panels.js';

/**
 * @type {Record<string, {place: 'card' | 'side',
 *   make: (desk: object, view: object, subject: any) => import('../panel.js').PanelContent}>}
 */
export const PANELS = {
  park: { place: 'card', make: parkPanel },
  transfer: { place: 'card', make: transferPanel },
  reclassify: { place: 'side', make: reclassifyPanel },
  cancel: { place: 'side', make: cancelPanel },
  call: { place: 'side', make: callPanel },
  ticket: { place: 'side', make: ticketPanel },
  issue: { place: 'side', make: issuePanel },
  issued: { place: 'side', make: issuedPanel },
  notices: { place: 'side', make: noticesPanel },
  open: { place: 'card', make: counterPanel },
  counter: { place: 'side', make: counterPanel },
  plan: { place: 'side', make: planPanel },
  handOver: { place: 'side', make: handOverPanel },
  keys: { place: 'side', make: keysPanel },
};
