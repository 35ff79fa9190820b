// The branches of forks that are under way: which belong together, so that a fork can be withdrawn without a search.
import type { Frames } from './frames.ts'
import { NONE } from './frames.ts'

/**
 * Chains the branches of each fork, the first one being the `child` of the forking frame. A frame that is no branch of a
 * fork that somebody waits for is in no chain. Every operation takes constant time; runs without forks need no memory.
 */
export class BranchLinks {
  private readonly frames: Frames
  /** [next, previous] by frame, each one more than the handle, so that fresh memory says that there is none. */
  private links = new Int32Array(0)

  constructor(frames: Frames) {
    this.frames = frames
  }

  /** Makes room for every frame. */
  reserve(): void {
    if (this.links.length === 0) this.links = new Int32Array(2 * this.frames.capacity)
  }

  /** The branch after this one, or NONE; NONE for any other frame. */
  next(branch: number): number {
    return this.links.length === 0 ? NONE : this.links[2 * branch]! - 1
  }

  /** Puts a branch before the present first one, which may be NONE. */
  link(branch: number, first: number): void {
    const { links } = this
    links[2 * branch] = first + 1
    if (first >= 0) links[2 * first + 1] = branch + 1
  }

  /** Takes a branch out of the chain of its fork. */
  unlink(branch: number, parent: number): void {
    const { links } = this
    const next = links[2 * branch]!
    const previous = links[2 * branch + 1]!
    if (previous > 0) links[2 * (previous - 1)] = next
    else this.frames.setChild(parent, next - 1)
    if (next > 0) links[2 * (next - 1) + 1] = previous
    links[2 * branch] = 0
    links[2 * branch + 1] = 0
  }
}
