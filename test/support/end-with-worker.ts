import type { ChildProcess } from 'node:child_process'

const running = new Set<ChildProcess>()

process.once('SIGTERM', () => {
  for (const child of running) child.kill('SIGKILL')
  process.kill(process.pid, 'SIGTERM')
})

/** A child that a failed test leaves ends with vitest's worker. */
export function endWithWorker<Child extends ChildProcess>(child: Child): Child {
  running.add(child)
  child.once('exit', () => running.delete(child))
  return child
}
