import { readdir, readFile } from 'node:fs/promises';

import { describe, expect, test } from 'vitest';
import { z } from 'zod';

import { modelJsonSchema } from '../../../../gateway/protocol/device/json-schema.ts';
import { ModelFile } from '../../../../gateway/protocol/device/model-file.ts';
import {
  shippedModel,
  shippedProfile,
  shippedProfiles,
} from '../../../../gateway/protocol/device/shipped-profile.ts';
import { capabilitiesOf, silentAfterMs } from '../../../../gateway/protocol/profile.ts';

const folder = new URL('../../../../gateway/protocol/device/', import.meta.url);
const files = await readdir(new URL('model/', folder));

async function json(name: string): Promise<unknown> {
  return JSON.parse(await readFile(new URL(name, folder), 'utf8'));
}

function namesOf({ dialect, model, aliases }: (typeof shippedProfiles)[number]): readonly string[] {
  return [...new Set([model ?? '', ...aliases])]
    .filter((name) => name !== '')
    .map((name) => `${dialect} ${name.toLowerCase()}`);
}

describe('the models that come with the release', () => {
  test('are at least twenty-five real ones, each in a file that is read', async () => {
    const models: string[] = [];
    for (const file of files) {
      models.push(...ModelFile.parse(await json(`model/${file}`)).models.map(({ id }) => id));
    }
    expect(models.toSorted()).toEqual(shippedProfiles.map(({ id }) => id).toSorted());
    expect(new Set(models).size).toBe(models.length);
    expect(shippedProfiles.filter(({ model }) => model !== null).length).toBeGreaterThan(25);
  });

  test('go by names that no other model of their language goes by', () => {
    const names = shippedProfiles.flatMap(namesOf);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });

  test('tell something, are called something in both languages, and say where that is from', () => {
    const poor = shippedProfiles.filter(
      ({ capabilities, title, source }) =>
        capabilities.length === 0 || title.sv === '' || title.en === '' || source === null,
    );
    expect(poor).toEqual([]);
  });

  test('are not called silent before zigbee2mqtt itself would call them offline', () => {
    const hour = 3_600_000;
    const hasty = shippedProfiles
      .filter(
        ({ dialect, supervision }) =>
          dialect === 'zigbee2mqtt' && supervision.class !== 'event-only',
      )
      .filter((model) => (silentAfterMs(model.kind, model) ?? 0) < 4 * hour);
    expect(hasty).toEqual([]);
    expect(silentAfterMs('door-contact', shippedProfile('aqara-mccgq11lm'))).toBe(5 * hour);
    expect(silentAfterMs('call-button', shippedProfile('tuya-bt400b'))).toBeNull();
  });

  test('on the mains have no battery to change, and those with a cell tell how full it is', () => {
    const wrong = shippedProfiles.filter(
      (model) =>
        (model.supervision.class === 'mains' && model.battery !== null) ||
        (model.battery !== null && !capabilitiesOf(model.kind, model).includes('battery.measured')),
    );
    expect(wrong).toEqual([]);
  });
});

describe('a model', () => {
  test('is found by the first of its names that is known, in any case', () => {
    const names = ['?', 'LUMI.sensor_magnet.AQ2'];
    expect(shippedModel('zigbee2mqtt', names)?.id).toBe('aqara-mccgq11lm');
    expect(shippedModel('zigbee2mqtt', ['mir-he200-ty'])?.kind).toBe('fall-radar');
  });

  test('is not taken for another that bears the same identifier', () => {
    expect(shippedModel('zigbee2mqtt', ['TS0601'])).toBeNull();
    expect(shippedModel('shelly', ['MCCGQ11LM'])).toBeNull();
  });

  test('of LoRaWAN is the same behind either network server', () => {
    expect(shippedModel('tts', ['ws101'])?.id).toBe('milesight-ws101');
    expect(shippedModel('chirpstack', ['WS101'])?.id).toBe('milesight-ws101');
  });
});

describe('the JSON Schema of models', () => {
  test('is what the profile gives: write it anew when the profile changes', async () => {
    const published = await json('device-model.schema.json');
    expect(published).toEqual(JSON.parse(JSON.stringify(modelJsonSchema())));
  });

  test('takes each file, and refuses one whose supervision lacks its grace', async () => {
    const schema = (await json('device-model.schema.json')) as z.core.JSONSchema.JSONSchema;
    const reader = z.fromJSONSchema(schema);
    for (const file of files) {
      expect(reader.safeParse(await json(`model/${file}`)).error).toBeUndefined();
    }
    const [model] = shippedProfiles;
    const broken = { ...model, supervision: { class: 'mains', everyMs: 1 } };
    expect(reader.safeParse({ $schema: 'x', models: [broken] }).success).toBe(false);
  });
});
