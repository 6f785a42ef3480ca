export { type Certificate, makeCertificate } from './core/certificate.ts';
export type { Act, FaultScript, Faults, Matcher } from './core/faults.ts';
export type { RecordedRequest } from './core/requests.ts';
export type { Effect, Row } from './org.ts';
export {
  DEMO_CLIENT_ID,
  DEMO_KEY_FIELD,
  type DemoOrg,
  type DemoOrgOptions,
  type DemoRecords,
  type IssuedTokens,
  startDemoOrg,
  WILDCARD_HOSTS,
} from './server.ts';
