import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sha1 } from '../../core/domain/sha1.ts'
import { mirrorUuids, plainUuid, resourceUuid, uuid5 } from '../../core/domain/uuid.ts'

describe('uuids derived as libres derives them', () => {
  it('names resources and mirrors as in the table of the specification', () => {
    const rows = [
      ['ctx', 'room'],
      ['libres', 'hall-1'],
      ['gemeinde', 'Sitzungszimmer Ägeri'],
      ['flask-example', 'resource'],
      ['x', ''],
    ] as const
    expect(
      rows.map(([context, name]) => {
        const resource = resourceUuid(context, name)
        return [resource, ...mirrorUuids(resource, 3)]
      }),
    ).toEqual([
      [
        '4acbea03-265b-5dfe-b6a8-a13bb36faf29',
        '96391947-2747-5b95-b650-e6fb07cf4b32',
        '08434a67-d2e5-5b85-bc53-bc1308fb3629',
      ],
      [
        'a6073471-d43e-55a6-9b12-c39985a16264',
        'b497eedb-35a0-5fa3-89ff-a9d4ea96adb1',
        'b60a3423-f67a-5e50-95b0-aeb7e9693ad9',
      ],
      [
        'eb63fda7-6aa9-5ff6-924f-b2debddd332a',
        'ccbc1291-7f6d-5283-b65a-aa8819ca13c7',
        '31d3f869-2e05-504f-a915-a704da833fbd',
      ],
      [
        'c16e3793-4bfb-51df-afd0-9a3a261b58f7',
        '48aa5a6b-b193-5e98-bae0-c2fd6a36fd32',
        '1579c5f4-ed1b-568b-b34c-8267d101abcf',
      ],
      [
        '6c9cdc45-1821-5d98-822b-94b5a9cb0ada',
        'b608f81f-c1ea-52de-b6e6-95039b8d816d',
        '1443532a-0f01-5ab5-b8f0-9bc90674f718',
      ],
    ])
  })

  it('joins context and name with a slash, so that a slash in a name can collide', () => {
    expect(resourceUuid('c', 'a/b')).toBe(resourceUuid('c/a', 'b'))
  })

  it('takes another namespace where one is set', () => {
    expect(resourceUuid('ctx', 'room', '6ba7b810-9dad-11d1-80b4-00c04fd430c8')).toBe(
      'd1553150-a8f5-5310-944f-880b3e62d9ac',
    )
  })

  it('has no mirrors for one place or fewer', () => {
    expect([1, 0, -3].map((quota) => mirrorUuids(resourceUuid('c', 'n'), quota))).toEqual([
      [],
      [],
      [],
    ])
  })

  it('digests as the platform does, whatever the length', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const platform = createHash('sha1').update(bytes).digest('hex')
        expect(Buffer.from(sha1(bytes)).toString('hex')).toBe(platform)
      }),
    )
  })

  it('takes a uuid in any spelling for one and the same', () => {
    const uuid = uuid5(resourceUuid('c', 'n'), 'x')
    const spellings = [
      uuid.toUpperCase(),
      uuid.replaceAll('-', ''),
      `{${uuid}}`,
      `urn:uuid:${uuid}`,
    ]
    expect(spellings.map(plainUuid)).toEqual([uuid, uuid, uuid, uuid])
  })
})
