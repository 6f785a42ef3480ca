export type { EntityName, Row } from './records.ts';
export { type DemoEspo, type DemoEspoOptions, isEspoApi, startDemoEspo } from './server.ts';
