export { type DynamicsDemo, startDynamicsDemo } from './demo.ts';
export type { Effect, Row } from './org.ts';
export {
  DATAVERSE_CLIENT_ID,
  DATAVERSE_HOSTS,
  type DataverseOptions,
  type DataverseRecords,
  type DemoDataverse,
  startDataverse,
} from './server.ts';
