/** Marks what is known of scenarios as outdated when a file that they extend changes. */
import type Database from 'better-sqlite3'

/** To be called in the transaction of the change, so that no kill comes between. */
export function outdateFacts(database: Database.Database, fileName: string): void {
  database
    .prepare(
      `UPDATE scenario SET facts = json_set(facts, '$.engine', '')
       WHERE EXISTS (SELECT 1 FROM json_each(facts, '$.bases') WHERE value = ?)`,
    )
    .run(fileName)
}
