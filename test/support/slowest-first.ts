import { createHash } from 'node:crypto'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Files that take more than ten seconds. Begun last, one of them would run when all others have ended. */
const SLOW = [
  'compiled-fast-path/differential',
  'integration/process',
  'memory/documents',
  'security/any-answer',
  'security/any-request',
  'upstream/answers-in-sum',
  'writes/create-once',
  'writes/create-property',
  'writes/plan-agrees',
  'writes/shutdown',
  'writes/upsert-any-faults',
  'writes/upsert-faults',
]

/** The slow files first, then the others; shuffled by the seed of the run. */
export class SlowestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const { seed } = this.ctx.config.sequence
    const key = ({ moduleId }: TestSpecification) =>
      `${SLOW.some((slow) => moduleId.endsWith(`${slow}.test.ts`)) ? 0 : 1}${createHash('sha1').update(`${seed} ${moduleId}`).digest('hex')}`
    return files.toSorted((one, other) => (key(one) < key(other) ? -1 : 1))
  }
}
