/** Every entry of the contract and the function that answers it. */
import { act, attachEvidence, recordConsent } from './acts.ts';
import { badge, badgeClicked, badgeTaken } from './badge.ts';
import { burden } from './burden.ts';
import { commit, progress, undo } from './commit.ts';
import { answerOwn, connect, connections, disconnect, placeStatus, recognise, testConnection } from './connections.ts';
import { contacts, findContacts, timeline } from './contacts.ts';
import { closeAgain, keepPrivate, markStep, reopen, restore, takeBack } from './corrections.ts';
import { desk } from './desk.ts';
import { cancelPull, directories, pullDirectory } from './directory.ts';
import { answerInForm, choosePerson, findPeople, openForm, saveDraft } from './form.ts';
import type { Handlers } from './handler.ts';
import { findByEmail } from './invitation.ts';
import { held, retry, syncNow, today } from './logs.ts';
import { attemptNotice, confirmTold, noticeFailed, prepareNotice, raiseObjection, voidFact } from './notices.ts';
import { closePanel, continueInPopup, dockPanel, frameReady, openDashboard } from './panel.ts';
import { changePolicy, policy } from './policy.ts';
import { preview } from './preview.ts';
import { erase, exportAccess } from './rights.ts';
import { saveSettings, settings } from './settings.ts';
import { startAnew } from './start-anew.ts';
import { verify } from './verify.ts';

export const handlers: Handlers = {
  act,
  attachEvidence,
  recordConsent,
  changePolicy,
  desk,
  erase,
  exportAccess,
  policy,
  attemptNotice,
  badge,
  badgeClicked,
  badgeTaken,
  burden,
  cancelPull,
  choosePerson,
  answerInForm,
  closeAgain,
  closePanel,
  commit,
  confirmTold,
  connect,
  connections,
  contacts,
  continueInPopup,
  directories,
  disconnect,
  dockPanel,
  findByEmail,
  findContacts,
  findPeople,
  frameReady,
  held,
  keepPrivate,
  markStep,
  noticeFailed,
  openDashboard,
  openForm,
  prepareNotice,
  preview,
  progress,
  pullDirectory,
  raiseObjection,
  recognise,
  reopen,
  restore,
  retry,
  saveDraft,
  saveSettings,
  startAnew,
  settings,
  syncNow,
  takeBack,
  testConnection,
  placeStatus,
  answerOwn,
  timeline,
  today,
  undo,
  verify,
  voidFact,
};
