import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { RulePackage } from '../../../gateway/protocol/rule/rule-api.ts';
import {
  createKeyPair,
  fingerprintOf,
  signPackage,
  verifyPackage,
} from '../../../gateway/services/rule-package.ts';
import { start } from '../store/furnish.ts';
import { cilla, openRuleWorld, sara, yaml } from './rule-world.ts';

const atOnce = yaml('on: door.opened');
const content = {
  format: 'vaka-rules/1' as const,
  municipality: { id: 'norr', name: 'Norra Å' },
  exportedAt: start,
  rules: [{ id: 'door', version: 3, source: atOnce, origin: null }],
};

describe('a signed package', () => {
  const signed = signPackage(content, createKeyPair());
  const bytes = Buffer.from(JSON.stringify(signed));

  test('is as it was signed, also when its fields come in another order', () => {
    const { rules, ...rest } = signed;
    expect(() => verifyPackage({ rules, ...rest })).not.toThrow();
    expect(isAccepted(bytes.toString())).toBe(true);
  });

  test('in which one byte is another is refused, whichever it is', () => {
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (place, by) => {
        const changed = Buffer.from(bytes);
        changed[place] = (changed[place] ?? 0) ^ by;
        const text = changed.toString();
        fc.pre(text !== bytes.toString());
        expect(isAccepted(text)).toBe(false);
      }),
      { numRuns: 3_000 },
    );
  });

  test('signed with another key is refused under the first one’s name', () => {
    const other = signPackage(content, createKeyPair());
    const { publicKey } = signed.signature;
    const forged = { ...other, signature: { ...other.signature, publicKey } };
    expect(() => verifyPackage(forged)).toThrow(
      expect.objectContaining({
        code: 'invalid',
        message: expect.stringContaining('not as they were signed'),
      }),
    );
  });

  test('has a key that can be compared by telephone', () => {
    const { publicKey } = signed.signature;
    expect(fingerprintOf(publicKey)).toMatch(/^([0-9a-f]{4} ){15}[0-9a-f]{4}$/);
    expect(fingerprintOf(publicKey)).not.toBe(fingerprintOf(createKeyPair().publicKey));
  });
});

function isAccepted(text: string): boolean {
  try {
    verifyPackage(RulePackage.parse(JSON.parse(text)));
    return true;
  } catch {
    return false;
  }
}

describe('rules from one municipality to another', () => {
  async function exported() {
    const world = await openRuleWorld();
    await world.put(atOnce);
    return { ...world, file: await world.desk.exportRules(cilla, ['door', 'smoke']) };
  }

  test('are signed with a key of the municipality, which stays the same and stays there', async () => {
    const { desk, storage, file } = await exported();
    const again = await desk.exportRules(cilla, null);
    const theirs = await desk.exportRules(sara, null);
    expect(again.signature.publicKey).toBe(file.signature.publicKey);
    expect(theirs.signature.publicKey).not.toBe(file.signature.publicKey);
    expect(again.rules.length).toBeGreaterThan(9);
    expect(file).toMatchObject({
      municipality: { id: 'norr', name: 'norrs kommun' },
      exportedAt: start,
      rules: [
        { id: 'door', version: 1, source: atOnce, origin: null },
        { id: 'smoke', version: 1 },
      ],
    });
    const rows = await storage.query('select hex(private_key) as secret from signing_key');
    expect(rows).toHaveLength(2);
    for (const { secret } of rows) {
      const key = Buffer.from(String(secret), 'hex');
      for (const encoding of ['hex', 'base64', 'base64url'] as const)
        expect(JSON.stringify([file, again, theirs])).not.toContain(key.toString(encoding));
    }
  });

  test('that are off go along only when asked for by name', async () => {
    const { desk, put } = await exported();
    await put(atOnce, { isOn: false });
    const all = await desk.exportRules(cilla, null);
    expect(all.rules.map(({ id }) => id)).not.toContain('door');
    expect((await desk.exportRules(cilla, ['door', 'door'])).rules).toHaveLength(1);
    const missing = desk.exportRules(cilla, ['never']);
    await expect(missing).rejects.toMatchObject({ code: 'not-found' });
  });

  test('show what they would change, and who has signed them', async () => {
    const { desk, file, put } = await exported();
    const first = await desk.previewImport(sara, file);
    expect(first).toMatchObject({
      municipality: file.municipality,
      exportedAt: start,
      fingerprint: fingerprintOf(file.signature.publicKey),
      isKnownKey: false,
      rules: [
        { id: 'door', change: 'new', before: null, after: atOnce },
        { id: 'smoke', change: 'same' },
      ],
    });
    await put(yaml('on: door.closed'), { by: sara });
    const { rules } = await desk.previewImport(sara, file);
    expect(rules[0]).toMatchObject({ change: 'changed', before: yaml('on: door.closed') });
    await put(atOnce, { by: sara, isOn: false });
    expect((await desk.previewImport(sara, file)).rules[0]).toMatchObject({ change: 'changed' });
  });

  test('come in as new versions with their origin, those that were chosen, and the key is known then', async () => {
    const { desk, file, told } = await exported();
    await desk.importRules(sara, {
      package: file,
      ids: ['smoke', 'door'],
      reason: 'Theirs is good.',
    });
    const door = await desk.rule(sara, 'door');
    expect(door).toMatchObject({
      version: 1,
      isOn: true,
      source: atOnce,
      author: { id: 'sara', name: 'Sara' },
      reason: 'Theirs is good.',
      origin: 'norrs kommun',
    });
    expect((await desk.rule(sara, 'smoke')).history).toHaveLength(1);
    expect(told.slice(1)).toMatchObject([{ municipalityId: 'syd', ruleId: 'door', version: 1 }]);
    expect(await desk.previewImport(sara, file)).toMatchObject({ isKnownKey: true });
    expect(await desk.previewImport(cilla, file)).toMatchObject({ isKnownKey: false });
    const onward = await desk.exportRules(sara, ['door']);
    expect(onward.rules).toMatchObject([{ id: 'door', origin: 'norrs kommun' }]);
  });

  test('are from somebody unknown when a known key signs them under another name', async () => {
    const { desk, file, store } = await exported();
    await desk.importRules(sara, { package: file, ids: ['smoke'], reason: 'One.' });
    const pair = await store.signingKeys.own('norr');
    if (pair === null) throw new Error('There is no key.');
    const { signature: _, ...signed } = file;
    const forged = signPackage({ ...signed, municipality: { id: 'st', name: 'Storstad' } }, pair);
    expect(await desk.previewImport(sara, forged)).toMatchObject({ isKnownKey: false });
    expect(await desk.previewImport(sara, file)).toMatchObject({ isKnownKey: true });
  });

  test('that were not chosen stay out', async () => {
    const { desk, file } = await exported();
    const { items } = await desk.importRules(sara, {
      package: file,
      ids: ['smoke'],
      reason: 'One.',
    });
    expect(items.map(({ id }) => id)).not.toContain('door');
  });

  test('come in all or none', async () => {
    const { desk, file } = await exported();
    const half = { package: file, ids: ['door', 'never'], reason: 'Both.' };
    const refused = desk.importRules(sara, half);
    await expect(refused).rejects.toMatchObject({
      code: 'invalid',
      message: expect.stringContaining('never'),
    });
    expect((await desk.list(sara)).items.map(({ id }) => id)).not.toContain('door');
    expect(await desk.previewImport(sara, file)).toMatchObject({ isKnownKey: false });
  });

  test('are refused when somebody has changed them, in the preview and in the import', async () => {
    const { desk, file } = await exported();
    const changed = { ...file, rules: file.rules.map((rule) => ({ ...rule, version: 2 })) };
    const refusal = {
      code: 'invalid',
      message: expect.stringContaining('not as they were signed'),
    };
    await expect(desk.previewImport(sara, changed)).rejects.toMatchObject(refusal);
    const importing = desk.importRules(sara, { package: changed, ids: ['door'], reason: 'A try.' });
    await expect(importing).rejects.toMatchObject(refusal);
  });

  test.each([
    [
      'that this release cannot read',
      [{ id: 'door', source: `${atOnce}whenever: now\n` }],
      'whenever',
    ],
    ['that is another than it says', [{ id: 'window', source: atOnce }], 'another rule'],
    [
      'that stands twice',
      [
        { id: 'door', source: atOnce },
        { id: 'door', source: atOnce },
      ],
      'twice',
    ],
  ])('are refused with one %s, whoever has signed it', async (_, rules, says) => {
    const { desk } = await openRuleWorld();
    const given = rules.map((rule) => ({ ...rule, version: 1, origin: null }));
    const file = signPackage({ ...content, rules: given }, createKeyPair());
    await expect(desk.previewImport(sara, file)).rejects.toMatchObject({
      code: 'invalid',
      message: expect.stringContaining(says),
    });
  });
});
