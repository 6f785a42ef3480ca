export { type Certificate, makeCertificate, WILDCARD_HOSTS } from './certificate.ts';
export type { Act, FaultScript, Faults, Matcher } from './faults.ts';
export type { Effect, Row } from './org.ts';
export type { RecordedRequest } from './requests.ts';
export {
  DEMO_CLIENT_ID,
  DEMO_KEY_FIELD,
  type DemoOrg,
  type DemoOrgOptions,
  type DemoRecords,
  type IssuedTokens,
  startDemoOrg,
} from './server.ts';
