// What was chosen for each key, for as long as the targets stay the same.

/** Keys of which the choice is remembered: the most popular ones, as keys are numbered by popularity. */
const REMEMBERED_KEYS_MAX = 1_048_576

/** Choices by key, void as soon as the version is another. */
export class RememberedChoices {
  private readonly choices: Int32Array
  private readonly versions: Int32Array

  /** @param keys number of keys there are */
  constructor(keys: number) {
    const length = Math.min(keys, REMEMBERED_KEYS_MAX)
    this.choices = new Int32Array(length)
    this.versions = new Int32Array(length)
  }

  /** The choice for a key under a version of 1 or more; -1 when none is known. */
  get(key: number, version: number): number {
    return key < this.versions.length && this.versions[key] === version ? this.choices[key]! : -1
  }

  set(key: number, version: number, choice: number): void {
    if (key >= this.versions.length) return
    this.choices[key] = choice
    this.versions[key] = version
  }
}
