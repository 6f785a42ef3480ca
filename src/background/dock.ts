/** On which side of the page the frame is: as the person left it, unless it would cover the CRM's own buttons there. */
import type { House } from './house.ts';
import type { Room } from './platform.ts';

export type Dock = 'left' | 'right';

const SETTING = 'dock';
const LEAST_HEIGHT = 80;
const MOST_HEIGHT = 720;
const FIRST_HEIGHT = 220;

interface Place {
  readonly side: Dock;
  readonly height: number;
}
const placeName = (tab: number): string => `dock/${tab}`;
const other = (side: Dock): Dock => (side === 'left' ? 'right' : 'left');

/** The side that is wanted, or the other where that is free of what this one would cover. */
export const chooseSide = (wanted: Dock, room: Room | null): Dock => {
  if (!room) return wanted;
  const weight = ({ controls, taken }: Room['left']): number => (taken ? 1_000 : 0) + controls;
  return weight(room[wanted]) > weight(room[other(wanted)]) ? other(wanted) : wanted;
};

const style = ({ side, height }: Place): string =>
  `height:${height}px;${side === 'left' ? 'left:16px;right:auto' : 'right:16px;left:auto'}`;

const keep = async ({ platform }: House, tab: number, place: Place): Promise<string> => {
  await platform.session.set(placeName(tab), place);
  return style(place);
};

const placeIn = async ({ platform }: House, tab: number): Promise<Place> =>
  ((await platform.session.get(placeName(tab))) as Place | undefined) ?? { side: 'right', height: FIRST_HEIGHT };

/** Before it is shown. A page that cannot be looked at gets the frame where the person left it. */
export const dockFor = async (house: House, tab: number): Promise<string> => {
  const [setting, room, { height }] = await Promise.all([
    house.store.read((tx) => tx.get('meta', SETTING)),
    house.platform.room(tab).catch(() => null),
    placeIn(house, tab),
  ]);
  const wanted = setting?.value as Dock | undefined;
  return keep(house, tab, { side: chooseSide(wanted ?? 'right', room), height });
};

export const grown = async (house: House, tab: number, height: number): Promise<string> => {
  const { side } = await placeIn(house, tab);
  return keep(house, tab, { side, height: Math.max(LEAST_HEIGHT, Math.min(MOST_HEIGHT, Math.ceil(height))) });
};

/** The person moved it: this side is the wanted one from now on, on this device. */
export const moved = async (house: House, tab: number): Promise<string> => {
  const place = await placeIn(house, tab);
  const side = other(place.side);
  await house.store.write((tx) => tx.put('meta', { name: SETTING, value: side }));
  return keep(house, tab, { ...place, side });
};
