import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { namedParameter, publicMessage } from '../../../src/errors/vendor-message.ts'
import { workOf } from '../../support/work-of.ts'

describe('publicMessage', () => {
  test.each(['APIG.2001', 'APIG.2011', 'APIG.3030', 'APIG.3208'])(
    'shows the management plane’s: %s',
    (code) => {
      expect(publicMessage(code, 'The instance does not exist;id:abc')).toBe(
        'The instance does not exist;id:abc',
      )
    },
  )

  test.each([
    null,
    '',
    '401',
    'APIG.0301',
    'APIGW.0301',
    'APIG.1002',
    'APIG.9999',
    'APIC.7100',
    'IAM.0067',
    'XAPIG.2001',
    'APIG.20011',
    'APIG.2001\n',
  ])('withholds all others: %j', (code) => {
    expect(publicMessage(code, 'words')).toBeNull()
  })

  test('of no message there is nothing to show', () => {
    expect(publicMessage('APIG.2001', null)).toBeNull()
  })

  test('whatever it is, it is one short line', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.string(), fc.constant('\r\n'))), (parts) => {
        const shown = publicMessage('APIG.2000', parts.join('')) ?? ''
        expect(shown).not.toMatch(/\p{Cc}/u)
        expect(shown.length).toBeLessThanOrEqual(400)
      }),
    )
  })

  test.each(['a', 'a.', 'a-', 'http://', 'x-', 'ak=', ' '])(
    'a very long message costs no more than a long one: %j',
    async (part) => {
      const workFor = (length: number) =>
        workOf(() => {
          const message = part.repeat(length / part.length)
          publicMessage('APIG.2000', message)
          namedParameter(message)
        })
      expect(await workFor(1_000_000)).toBeLessThan(2 * (await workFor(4_000)))
    },
  )
})

describe('namedParameter', () => {
  test.each([
    ['The request parameters must be specified, parameter name:members', 'members'],
    [
      'The request parameters must be specified,parameterName:name. Please refer to the support documentation',
      'name',
    ],
    ['parameterName:vpc_health_config.time_interval. Please', 'vpc_health_config.time_interval'],
    ['parameter name: members[0].host, and so on', 'members[0].host'],
    ['Parameter Name:port', 'port'],
    ['no parameter here', null],
    ['parameter name:', null],
    ['parameter name:1', null],
    ['', null],
    [null, null],
  ])('%j names %j', (message, parameter) => {
    expect(namedParameter(message)).toBe(parameter)
  })

  test('a name is never long', () => {
    expect(namedParameter(`parameter name:${'a'.repeat(100_000)}`)?.length).toBeLessThanOrEqual(200)
  })
})
