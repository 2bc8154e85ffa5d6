import { z } from 'zod';

import { isProfile, type ProfileId } from '../../protocol/profile.ts';
import { AppError } from '../errors.ts';

/** What a label or a code may mean; whatever is found first by any of it is meant. */
export interface Scanned {
  ids: readonly string[];
  serials: readonly string[];
  /** Each in the ways in which hubs write it. */
  addresses: readonly string[];
  /** What the box says it holds, for a device that has not been seen before. */
  box: { profile: ProfileId; modelId: string | null; serial: string | null } | null;
}

const Box = z.object({
  id: z.string().min(1).max(64).optional(),
  serial: z.string().min(1).max(64).optional(),
  address: z.string().min(1).max(64).optional(),
  profile: z.string().max(80).optional(),
  model: z.string().max(80).optional(),
});

/**
 * Reads what was scanned, or typed from a label: `vaka:` with a query or JSON, JSON alone, the join code of a Zigbee
 * device (`Z:…`), that of a LoRaWAN device (LoRa Alliance TR005, `LW:D0:…`), or a plain id, serial or address.
 * @throws AppError `invalid`, saying what can be scanned.
 */
export function readScanned(text: string): Scanned {
  const trimmed = text.trim();
  const box = boxOf(trimmed);
  if (box !== null) return ofBox(box);
  const address = addressIn(trimmed);
  if (address !== null) {
    return { ids: [], serials: [], addresses: spellings(address), box: null };
  }
  if (!/^[\w.:-]{1,64}$/.test(trimmed)) throw unreadable();
  return {
    ids: [trimmed],
    serials: [trimmed],
    addresses: [...new Set([trimmed, ...(isEui(trimmed) ? spellings(trimmed) : [])])],
    box: null,
  };
}

/** @returns the error for a text that means nothing here. */
export function unreadable(): AppError {
  return new AppError(
    'invalid',
    'That is nothing known here. Scan the code on the box (vaka:…), or type the device’s id, its serial number, ' +
      'or the Zigbee or LoRa address that its hub has found.',
  );
}

function boxOf(text: string): z.infer<typeof Box> | null {
  const isOurs = /^vaka:/i.test(text);
  const rest = isOurs ? text.slice('vaka:'.length) : text;
  if (rest.trimStart().startsWith('{')) return boxIn(readJson(rest));
  if (!isOurs) return null;
  const query = rest.replace(/^\/*/, '').replace(/^[^?=]*\?/, '');
  return boxIn(Object.fromEntries(new URLSearchParams(query)));
}

function boxIn(given: unknown): z.infer<typeof Box> {
  const box = Box.safeParse(given).data;
  if (box === undefined || Object.values(box).every((value) => value === undefined)) {
    throw unreadable();
  }
  return box;
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

function ofBox({ id, serial, address, profile, model }: z.infer<typeof Box>): Scanned {
  const isKnown = profile !== undefined && isProfile(profile);
  return {
    ids: id === undefined ? [] : [id],
    serials: serial === undefined ? [] : [serial],
    addresses: address === undefined ? [] : spellings(address),
    box: isKnown ? { profile, modelId: model ?? null, serial: serial ?? null } : null,
  };
}

/** The EUI-64 in a join code of Zigbee or LoRaWAN. */
function addressIn(text: string): string | null {
  const zigbee = /(?:^|[$%])Z:([0-9a-f]{16})(?:$|[$%])/i.exec(text);
  const lora = /^LW:D0:[0-9a-f]{16}:([0-9a-f]{16})(?::|$)/i.exec(text);
  return zigbee?.[1] ?? lora?.[1] ?? null;
}

function isEui(text: string): boolean {
  return /^(?:0x)?[0-9a-f]{16}$/i.test(text.replaceAll(/[:-]/g, ''));
}

/** zigbee2mqtt writes `0x…`, network servers write small or capital letters. */
function spellings(address: string): readonly string[] {
  if (!isEui(address)) return [address];
  const hex = address.replaceAll(/[:-]/g, '').replace(/^0x/i, '').toLowerCase();
  return [`0x${hex}`, hex, hex.toUpperCase()];
}
