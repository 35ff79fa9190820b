// How old the entries of one tier are: the versions that they hold, and when they came in.
import { EntryColumn } from './entry-column.ts'

/** Columns by part and entry; those that nobody sets take no room. */
export class EntryAges {
  /** Version of the key at the source that the entry holds. */
  readonly versions = new EntryColumn()
  /** Version of the key's group under which it was loaded. */
  readonly groups = new EntryColumn()
  readonly filledNs = new EntryColumn()
  /** Hits of an older version than the last one written. */
  stale = 0
}
