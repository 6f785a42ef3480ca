export * from '../dates.ts';
