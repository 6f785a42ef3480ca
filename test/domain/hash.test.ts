import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson, commitTo, hashFact, merkleRoot, NO_HASH, sha256Hex } from '../../src/domain/hash.ts';

const SALT = '000102030405060708090a0b0c0d0e0f';

// privacy-model.md §4.5
const VECTORS = [
  {
    type: 'contact.obtained',
    payload: { source: 'third_party', sourceDetail: 'trade register' },
    occurredAt: '2025-01-31T09:00:00Z',
    commit: '14386a2ccfea27d2282b0fe7e190d04bc6dbeeba0ae53f06d3e365f14a452166',
    hash: 'efd91e92562f3db93943161ef96f9f214cfdbd01b490a613fc69252a56be9022',
  },
  {
    type: 'notice.delivered',
    payload: { channel: 'email', language: 'de', noticeId: 'N1', noticeVersion: '3' },
    occurredAt: '2025-02-10T08:30:00Z',
    commit: '7409bff7e776bd03574e46f3060046bae217f764ea590b9474b2f2b400cefdfd',
    hash: '15237c550ff7760d500548abfa2b2123ecbf0874bf6f7088accca07bb7d66022',
  },
  {
    type: 'objection.raised',
    payload: { channel: 'email', purpose: 'direct_marketing' },
    occurredAt: '2025-02-11T16:00:00Z',
    commit: '973dc153a3bd9d09df4015f9c2f99970b3f94dfc9108489dcaa9dfdb64936064',
    hash: '2ed10394d275371fe48b230675de2ae7f1bb013bd5ea5f9c06e858e7581dbc1a',
  },
] as const;
const HASHES = VECTORS.map((vector) => vector.hash);

const nodeSha = (...parts: (string | Uint8Array)[]) => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
};

describe('The published vectors hold', () => {
  it.each(VECTORS.map((vector, at) => [at + 1, vector] as const))(
    'fact %i',
    (seq, { type, payload, occurredAt, commit, hash }) => {
      expect(commitTo(SALT, payload)).toBe(commit);
      expect(
        commitTo(
          Uint8Array.from({ length: 16 }, (_, byte) => byte),
          payload,
        ),
      ).toBe(commit);
      const prev = HASHES[seq - 2] ?? NO_HASH;
      const core = {
        actor: 'u-1',
        contact: 'c-1',
        device: 'd-1',
        recordedAt: occurredAt,
        occurredAt,
        v: 1,
        seq,
        type,
        commit,
        prev,
      };
      expect(hashFact(core)).toBe(hash);
    },
  );

  it('Merkle roots of two, three and no leaves', () => {
    expect(merkleRoot(HASHES.slice(0, 2))).toBe('5af35b2f6b21e214c709576d7f853fce094c8a512bd7fda4af41783e469af32a');
    expect(merkleRoot(HASHES)).toBe('7240a0ef1f171d3499d1a7f72ed293eb78d27b667a0d945afca2dbd1174f5cb9');
    expect(merkleRoot([])).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  });
});

describe('One value has one text', () => {
  it('as RFC 8785 writes it', () => {
    expect(canonicalJson({ b: [1e21, -0, 0.1, true, null], a: '\u20ac$\u000f\nA"\\' })).toBe(
      '{"a":"€$\\u000f\\nA\\"\\\\","b":[1e+21,0,0.1,true,null]}',
    );
    // by UTF-16 code units, not by code points
    expect(canonicalJson({ '\ufb33': 1, '😀': 2, '\r': 3, '1': 4 })).toBe('{"\\r":3,"1":4,"😀":2,"\ufb33":1}');
  });

  it('the order in which members were written does not matter', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const turned = Object.fromEntries(Object.entries(value).reverse());
        expect(canonicalJson(turned)).toBe(canonicalJson(value));
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it('a member that is undefined is a member that is not there', () => {
    expect(hashFact({ a: 1, b: undefined })).toBe(hashFact({ a: 1 }));
  });

  it.each([
    [undefined],
    [Number.NaN],
    [Number.POSITIVE_INFINITY],
    [1n],
    [() => 1],
    [Symbol('a')],
    [new Date(0)],
    [new Map()],
    [[undefined]],
    [{ a: { b: 1n } }],
  ])('what JSON does not know is refused: %o', (value) => {
    expect(() => canonicalJson(value)).toThrow(TypeError);
  });

  it('half a character, as a cut text can end with, is saved and told apart', () => {
    expect(canonicalJson('a\ud800')).toBe('"a\\ud800"');
    expect(commitTo(SALT, { note: '\ud800' })).not.toBe(commitTo(SALT, { note: '\ud801' }));
    expect(commitTo(SALT, { note: '\ud800' })).not.toBe(commitTo(SALT, { note: '\\ud800' }));
    expect(sha256Hex('\ud800')).toBe(sha256Hex('\ufffd'));
  });
});

describe('The hash is SHA-256 as everybody computes it', () => {
  it('over bytes and over text', () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.string({ unit: 'binary' }), (bytes, text) => {
        expect(sha256Hex(bytes)).toBe(nodeSha(bytes));
        expect(sha256Hex(text)).toBe(nodeSha(text));
      }),
    );
  });

  it('and so are commitments', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 16, maxLength: 32 }), fc.jsonValue(), (salt, payload) => {
        expect(commitTo(salt, payload)).toBe(nodeSha(salt, canonicalJson(payload)));
      }),
    );
  });

  it('and the tree of any size, built the other way round', () => {
    /** RFC 9162 §2.1.1 from the definition, over hex. */
    const root = (hashes: readonly string[]): string => {
      const bytes = (hex: string) => Buffer.from(hex, 'hex');
      if (hashes.length === 1) return nodeSha(Uint8Array.of(0), bytes(hashes[0] ?? ''));
      const split = 2 ** Math.ceil(Math.log2(hashes.length) - 1);
      return nodeSha(Uint8Array.of(1), bytes(root(hashes.slice(0, split))), bytes(root(hashes.slice(split))));
    };
    const many = Array.from({ length: 130 }, (_, at) => nodeSha(String(at)));
    for (let size = 1; size <= many.length; size += 1) {
      expect(merkleRoot(many.slice(0, size))).toBe(root(many.slice(0, size)));
    }
  });

  it('any leaf changed, moved or cut off changes the root', () => {
    const leaves = ['a', 'b', 'c', 'd', 'e'].map((text) => sha256Hex(text));
    const roots = new Set([
      merkleRoot(leaves),
      merkleRoot(leaves.slice(0, 4)),
      merkleRoot([...leaves].reverse()),
      merkleRoot([...leaves.slice(0, 4), sha256Hex('f')]),
    ]);
    expect(roots.size).toBe(4);
  });
});
