/** Reads what can still be read of the scenarios in a damaged database. */
import Database from 'better-sqlite3'

/** A text that was saved, and what the user put on it. */
export interface RescuedScenario {
  readonly fileName: string
  readonly text: string
}

/** Scenarios that are not deleted, row by row: a damaged page costs the rows on it and what hangs below. */
export function rescueScenarios(path: string): readonly RescuedScenario[] {
  const rescued = new Map<string, RescuedScenario>()
  let database: Database.Database | undefined
  try {
    database = new Database(path, { readonly: true, fileMustExist: true })
    // One pass each way along the table: the second reaches what lies behind the damage of the first.
    for (const direction of ['ASC', 'DESC']) collect(database, direction, rescued)
  } catch {
    // Not a database any more: there is nothing to read.
  } finally {
    database?.close()
  }
  return [...rescued.values()]
}

function collect(database: Database.Database, direction: string, rescued: Map<string, RescuedScenario>): void {
  try {
    const rows = database
      .prepare<[], RescuedScenario & { readonly id: string }>(
        `SELECT id, file_name AS fileName, text FROM scenario NOT INDEXED
         WHERE deleted_ms IS NULL ORDER BY rowid ${direction}`,
      )
      .iterate()
    for (const { id, fileName, text } of rows) rescued.set(id, { fileName, text })
  } catch {
    // The damage begins here.
  }
}
