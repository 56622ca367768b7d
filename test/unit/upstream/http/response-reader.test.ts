import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ResponseFault } from '../../../../src/upstream/http/response-head.ts'
import { BodyTooLong, ResponseReader } from '../../../../src/upstream/http/response-reader.ts'
import { anyResponse, arrivingResponse, bytesOf, piecesOf, readPieces } from './any-response.ts'
import { anyText } from './any-text.ts'

const MOST = 1_000
const CHUNKED = 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n'

const thrownBy = (run: () => void): unknown => {
  try {
    run()
    return undefined
  } catch (error) {
    return error
  }
}

describe('whatever the response, and wherever it is cut', () => {
  test('its status and its body come out, and nothing before all of it is there', () => {
    fc.assert(
      fc.property(arrivingResponse, ([response, cuts]) => {
        const reader = new ResponseReader(MOST)
        const bytes = bytesOf(response)
        const whole = response.framing === 'UNTIL_CLOSE' ? bytes.length + 1 : bytes.length
        let read = 0
        for (const piece of piecesOf(bytes, cuts)) {
          read += readPieces(reader, [piece]).read
          expect(reader.head !== undefined).toBe(read >= response.before.length + response.head.length)
          expect(reader.body !== undefined).toBe(read >= whole)
        }
        if (response.framing === 'UNTIL_CLOSE') reader.ended()
        expect([reader.head?.status, reader.body]).toEqual([response.status, response.body])
      }),
    )
  })

  test('it is told that something followed exactly if something did', () => {
    const framed = arrivingResponse.filter(([{ framing }]) => framing !== 'UNTIL_CLOSE')
    const extra = fc.constantFrom('', '\r\n', '0', 'HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n', '\xff')
    fc.assert(
      fc.property(framed, extra, ([response, cuts], after) => {
        const bytes = bytesOf(response)
        const reader = new ResponseReader(MOST)
        const sent = Buffer.concat([bytes, Buffer.from(after, 'latin1')])
        const { read, isFollowed } = readPieces(reader, piecesOf(sent, cuts))
        expect(isFollowed).toBe(read > bytes.length)
        expect(reader.head?.status).toBe(response.status)
        if (after !== '\xff') expect(reader.body).toBe(response.body)
      }),
    )
  })

  test('of a connection that ends early it is a fault, unless the end is that of the body', () => {
    fc.assert(
      fc.property(arrivingResponse, fc.nat({ max: 999 }), ([response, cuts], thousandths) => {
        const bytes = bytesOf(response)
        const part = bytes.subarray(0, Math.floor((bytes.length * thousandths) / 1000))
        const reader = new ResponseReader(MOST)
        readPieces(reader, piecesOf(part, cuts))
        const bodyAt = response.before.length + response.head.length
        if (response.framing === 'UNTIL_CLOSE' && part.length >= bodyAt) {
          reader.ended()
          expect(reader.body).toBe(part.subarray(bodyAt).toString('utf8'))
        } else expect(() => reader.ended()).toThrow(ResponseFault)
      }),
    )
  })

  test('a body of just as many bytes as it may have is read, of one more is not', () => {
    const body = anyText({ minLength: 1, maxLength: 60 })
    const arriving = fc.tuple(anyResponse(body), fc.array(fc.nat({ max: 999 }), { maxLength: 12 }))
    fc.assert(
      fc.property(arriving, ([response, cuts]) => {
        const length = Buffer.byteLength(response.body)
        const readWithin = (most: number) => {
          const reader = new ResponseReader(most)
          readPieces(reader, piecesOf(bytesOf(response), cuts))
          if (response.framing === 'UNTIL_CLOSE') reader.ended()
          return reader.body
        }
        expect(readWithin(length)).toBe(response.body)
        expect(() => readWithin(length - 1)).toThrow(BodyTooLong)
      }),
    )
  })
})

describe('a body that is too long', () => {
  const readText = (text: string) => new ResponseReader(5).read(text, true)

  test('is told as soon as it is announced', () => {
    expect(() => readText('HTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\n')).toThrow(BodyTooLong)
  })

  test('is told as soon as it is there, in chunks and until the connection closes', () => {
    expect(() => readText(`${CHUNKED}3\r\nabc\r\n6\r\ndef`)).toThrow(BodyTooLong)
    expect(() => readText('HTTP/1.1 200 OK\r\n\r\nabcdef')).toThrow(BodyTooLong)
  })

  test('is no matter where there is none', () => {
    expect(readText('HTTP/1.1 204 No Content\r\ncontent-length: 6\r\n\r\n')).toBe(false)
    expect(readText('HTTP/1.1 100 Continue\r\ncontent-length: 6\r\n\r\n')).toBe(false)
  })
})

describe('a head', () => {
  const readsHead = (...pieces: string[]) => {
    const reader = new ResponseReader(MOST)
    for (const piece of pieces) reader.read(piece, true)
    return reader.head?.status
  }

  const start = 'HTTP/1.1 200 OK\r\nx-long: '
  const most = start + 'x'.repeat(16_384 - start.length)

  test('of 16 KB is read, and a longer one a fault before all of it has come', () => {
    expect(readsHead(`${most}\r\n\r\n`)).toBe(200)
    expect(readsHead(most, '\r\n\r\n')).toBe(200)
    expect(thrownBy(() => readsHead(`${most}x\r\n\r\n`))).toBeInstanceOf(ResponseFault)
    expect(thrownBy(() => readsHead(`${most}xxxx`))).toBeInstanceOf(ResponseFault)
    expect(thrownBy(() => readsHead(most.slice(0, 9_000), `${most.slice(9_000)}xxxx`))).toBeInstanceOf(
      ResponseFault,
    )
  })

  test('of 16 KB is read wherever its end is cut', () => {
    expect(readsHead(most, '\r', '\n\r\n')).toBe(200)
  })

  test('of another protocol to go on with is a fault', () => {
    expect(
      thrownBy(() => readsHead('HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\n\r\n')),
    ).toBeInstanceOf(ResponseFault)
  })
})

test('any bytes at all are a fault or not yet a response: nothing else is ever thrown', () => {
  const garbage = fc.oneof(
    fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
    fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.concat([Buffer.from(CHUNKED), bytes])),
    fc
      .tuple(anyResponse(), fc.nat(), fc.nat({ max: 255 }), fc.nat({ max: 3 }))
      .map(([response, at, byte, removed]) => {
        const bytes = bytesOf(response)
        const place = at % bytes.length
        return Buffer.concat([bytes.subarray(0, place), Buffer.of(byte), bytes.subarray(place + removed)])
      }),
  )
  fc.assert(
    fc.property(garbage, fc.array(fc.nat({ max: 999 }), { maxLength: 8 }), (bytes, cuts) => {
      const reader = new ResponseReader(MOST)
      const error = thrownBy(() => readPieces(reader, piecesOf(bytes, cuts)))
      if (error !== undefined) expect(error).toBeInstanceOf(ResponseFault)
      else if (reader.body === undefined) {
        const ending = thrownBy(() => reader.ended())
        if (ending !== undefined) expect(ending).toBeInstanceOf(ResponseFault)
      }
    }),
    { numRuns: 1_000 },
  )
})
