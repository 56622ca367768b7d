import { setImmediate } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { TurnBatch } from '../../../src/lib/turn-batch.ts'

const nothing = (): void => undefined

test('each step is done for all, in the order in which they came, before the next', async () => {
  const seen: string[] = []
  const step = (name: string) => (item: string) => {
    seen.push(`${name} ${item}`)
  }
  const batch = new TurnBatch('NEXT_TICK', [step('wash'), step('dry')], nothing)
  batch.add('cup')
  batch.add('plate')
  expect(seen).toEqual([])
  await setImmediate()
  expect(seen).toEqual(['wash cup', 'wash plate', 'dry cup', 'dry plate'])
})

test('what comes to it while it is done is done with the next', async () => {
  const seen: number[] = []
  const batch: TurnBatch<number> = new TurnBatch(
    'NEXT_TICK',
    [
      (item) => {
        seen.push(item)
        if (item < 4) batch.add(item + 1)
      },
    ],
    nothing,
  )
  batch.add(1)
  await setImmediate()
  expect(seen).toEqual([1, 2, 3, 4])
})

test('one that fails is told of and left out, and all is done for the others', async () => {
  const seen: string[] = []
  const broken = new Error('broken')
  const batch = new TurnBatch<string>(
    'AFTER_IO',
    [
      (item) => {
        if (item === 'cup') throw broken
        seen.push(`wash ${item}`)
      },
      (item) => {
        seen.push(`dry ${item}`)
      },
    ],
    (item, error) => {
      seen.push(`${item}: ${error === broken}`)
    },
  )
  for (const item of ['jug', 'cup', 'plate']) batch.add(item)
  await setImmediate()
  expect(seen).toEqual(['wash jug', 'cup: true', 'wash plate', 'dry jug', 'dry plate'])
})

test('what is to be done after this comes before promises that are made then, and what comes after arrivals after them', async () => {
  const seen: string[] = []
  const note = (item: string): void => {
    seen.push(item)
    Promise.resolve().then(() => seen.push(`then ${item}`))
  }
  const later = new TurnBatch<string>('AFTER_IO', [note], nothing)
  const soon = new TurnBatch<string>('NEXT_TICK', [note], nothing)
  later.add('answer')
  soon.add('one call')
  soon.add('another')
  await setImmediate()
  expect(seen).toEqual(['one call', 'another', 'then one call', 'then another', 'answer', 'then answer'])
})
