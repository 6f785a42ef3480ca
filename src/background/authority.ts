/** Who is in front of the screen: the roles that managed policy gives, or those somebody gave themselves. */
import * as v from 'valibot';
import { ROLES, type Role } from '../domain/events.ts';
import { rolesOf, type Standing } from '../domain/who.ts';
import type { Platform } from './platform.ts';
import type { Rules } from './rules.ts';

const managedRoles = v.pipe(v.array(v.picklist(ROLES)), v.minLength(1));

/**
 * Roles from managed policy; null where nothing is managed. What is there but cannot be read gives the least: a
 * misspelt role never becomes an officer, and never *everybody is their own officer* either.
 */
export const managedRolesOf = async (platform: Pick<Platform, 'managed'>): Promise<readonly Role[] | null> => {
  const said = (await platform.managed()).roles;
  if (said === undefined) return null;
  const read = v.safeParse(managedRoles, said);
  return read.success ? read.output : ['manager'];
};

/** Whether people may sign in by the session of their own pages. What is there but cannot be read forbids it. */
export const mayUseSession = async (platform: Pick<Platform, 'managed'>): Promise<boolean> => {
  const said = (await platform.managed()).signInBySession;
  return said === undefined || said === true;
};

/** Asked before a transaction begins: a promise of the browser's would end it. */
export const standingOf = ({ settings }: Pick<Rules, 'settings'>, managed: readonly Role[] | null): Standing => ({
  managed,
  alone: settings.worksAlone,
});

export const isOfficer = (standing: Standing): boolean => rolesOf(standing).has('officer');
