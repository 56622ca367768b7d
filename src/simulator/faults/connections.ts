import type { Socket } from 'node:net'

/** Which connections have carried a call, and which of them reset at their next one. */
export class Connections {
  readonly #used = new Set<Socket>()
  #dead = new WeakSet<Socket>()

  used(socket: Socket): void {
    if (this.#used.has(socket)) return
    this.#used.add(socket)
    socket.once('close', () => this.#used.delete(socket))
  }

  kill(): void {
    for (const socket of this.#used) this.#dead.add(socket)
  }

  revive(): void {
    this.#dead = new WeakSet()
  }

  isDead(socket: Socket): boolean {
    return this.#dead.has(socket)
  }
}
