// JSON that is laid out for people and reads back as what it was.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { jsonText } from '../../../../host/cli/export/json-text.ts'

test('columns of numbers take one line', () => {
  expect(jsonText({ a: [1, 2, null], b: { mean: 1, low: null }, c: {}, d: [{ e: 'f' }] })).toBe(
    '{\n  "a": [1,2,null],\n  "b": { "mean": 1, "low": null },\n  "c": {},\n  "d": [\n    {\n      "e": "f"\n    }\n  ]\n}\n',
  )
})

test('any JSON value reads back', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(JSON.parse(jsonText(value))).toEqual(JSON.parse(JSON.stringify(value)))
    }),
  )
})
