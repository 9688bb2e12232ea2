/** The lasting name of a hall that a website has made, so that both programs mean the same hall by it. */
import { expect, test } from 'vitest'
import { idInKey, keyOfId } from '../../core/domain/resource.ts'
import { resourceUuid } from '../../core/domain/uuid.ts'
import { websiteKey } from '../../renderer/features/settings/websiteKey.ts'

/** What libres itself says of them, see `tests/contract/libres`. */
const aula = { id: '411fb006-fd6c-512f-b83b-a1a6be889128', context: 'gemeinde' }

test('the name on the website is the key where it is the right one, also when it is the new name', () => {
  expect([
    websiteKey(aula, 'Aula', 'Aula Zelgli'),
    websiteKey(aula, ' Aula ', ''),
    websiteKey(aula, '', 'Aula'),
    // libres takes every letter as it is.
    websiteKey(aula, 'aula', 'Aula'),
  ]).toEqual(['Aula', 'Aula', 'Aula', null])
})

test('where nobody knows it the key says the uuid, and no other name is taken for one', () => {
  const key = websiteKey(aula, '', 'Aula Zelgli')
  expect([key, idInKey(key ?? ''), idInKey('Aula'), idInKey('uuid:Aula')]).toEqual([
    keyOfId(aula.id),
    aula.id,
    undefined,
    undefined,
  ])
  expect(resourceUuid('gemeinde', 'Aula')).toBe(aula.id)
})
