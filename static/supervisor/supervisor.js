/** The supervisor's page: one snapshot, one section at a time. */

import { clock } from '../js/clock.js';
import { setLanguage } from '../js/i18n.js';
import { Live } from '../js/live.js';
import { afterEachCommand } from './command.js';
import { savedLanguage } from './language.js';
import { Shell } from './shell.js';
import { bell } from './alarms.js';
import { CountersSection } from './counters.js';
import { DevicesSection } from './devices.js';
import { JournalSection } from './journal.js';
import { NoticesSection } from './notices.js';
import { OverviewSection } from './overview.js';
import { PrintingSection } from './printing.js';
import { QueueSection } from './queue.js';
import { ServicesSection } from './services.js';
import { SettingsSection } from './settings.js';
import { StaffSection } from './staff.js';
import { VotersSection } from './voters.js';

setLanguage(savedLanguage());

/** What a reload for a new version would spoil: a form in use, a change that is not saved yet. */
const UNFINISHED =
  'input:focus, select:focus, .panel, .bulk form, .setting .button:not([hidden]), .save .button:not([hidden])';

const shell = new Shell(document.getElementById('desk'), [
  OverviewSection,
  QueueSection,
  VotersSection,
  ServicesSection,
  CountersSection,
  StaffSection,
  DevicesSection,
  NoticesSection,
  PrintingSection,
  SettingsSection,
  JournalSection,
]);

const live = new Live({
  namespace: '/supervisor',
  snapshotUrl: '/api/supervisor',
  idle: () => !document.querySelector(UNFINISHED),
});
live.onState((state) => {
  bell.hear(state.alarms, clock.now());
  shell.render(state);
});
live.onConnection((connection) => shell.showConnection(connection));
afterEachCommand(() => live.refresh());
clock.everySecond((now) => {
  bell.hear(shell.alarms, now);
  shell.tick(now);
});
