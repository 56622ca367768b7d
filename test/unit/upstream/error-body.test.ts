import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isErrorBody, readErrorBody } from '../../../src/upstream/http/error-body.ts'

const NOTHING = { errorCode: null, message: null, requestId: null }

describe('readErrorBody', () => {
  test.each([
    [
      { error_code: 'APIG.2001', error_msg: 'm' },
      { errorCode: 'APIG.2001', message: 'm', requestId: null },
    ],
    [
      { error_code: 'APIG.2001', error_msg: 'm', request_id: 'r' },
      { errorCode: 'APIG.2001', message: 'm', requestId: 'r' },
    ],
    [{ error: { code: 401, message: 'm', title: 't' } }, { errorCode: '401', message: 'm', requestId: null }],
    [{ error: { code: 'IAM.0001', message: 'm' } }, { errorCode: 'IAM.0001', message: 'm', requestId: null }],
    [
      { error: { error_code: 'IAM.0001', error_msg: 'm' } },
      { errorCode: 'IAM.0001', message: 'm', requestId: null },
    ],
    [
      { code: 'IAM.0001', message: 'm' },
      { errorCode: 'IAM.0001', message: 'm', requestId: null },
    ],
    [
      { error_code: 400, error_msg: 'm' },
      { errorCode: '400', message: 'm', requestId: null },
    ],
    [
      { details: [{ error_code: 'A.1', error_msg: 'm' }] },
      { errorCode: 'A.1', message: 'm', requestId: null },
    ],
    [
      { error_code: 'A.1', error_msg: 'm', details: [{ error_code: 'B.2', error_msg: 'n' }] },
      { errorCode: 'A.1', message: 'm', requestId: null },
    ],
    [{ error_msg: 'm' }, { errorCode: null, message: 'm', requestId: null }],
    [{ error_code: '', error_msg: '' }, NOTHING],
    [{ error_code: 'has blanks', error_msg: 1 }, NOTHING],
    [{ error_code: 'a'.repeat(65) }, NOTHING],
    [{ error_code: 'a\nb' }, NOTHING],
    [{ error: 'text' }, NOTHING],
    [{ details: 'text' }, NOTHING],
    [{ details: [] }, NOTHING],
    [{ details: [null] }, NOTHING],
    [{}, NOTHING],
    [[], NOTHING],
    [null, NOTHING],
    [undefined, NOTHING],
    ['text', NOTHING],
    [5, NOTHING],
  ])('%j', (body, expected) => {
    expect(readErrorBody(body)).toEqual(expected)
  })

  test('any JSON at all is read', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (body) => {
        const { errorCode } = readErrorBody(body)
        expect(errorCode === null || /^[A-Za-z0-9._-]{1,64}$/.test(errorCode)).toBe(true)
      }),
    )
  })
})

describe('isErrorBody', () => {
  test.each([
    [{ error_code: 'APIG.2001' }, true],
    [{ error_code: 'APIG.2001', id: 'x', name: 'y' }, true],
    [{ error: { code: 401 } }, true],
    [{ error: { code: 'IAM.1' } }, true],
    [{ id: 'x', name: 'y' }, false],
    [{ id: 'x', name: 'y', error_code: '', error_msg: '' }, false],
    [{ id: 'x', name: 'y', error_code: null }, false],
    [{ project_vpc_channels: [] }, false],
    [{ code: 'x', message: 'y' }, false],
    [{ error: null }, false],
    [[], false],
    [null, false],
  ])('%j: %s', (body, expected) => {
    expect(isErrorBody(body)).toBe(expected)
  })
})
