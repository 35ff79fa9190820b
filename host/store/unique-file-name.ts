/** Keeps the file names of scenarios apart. */
import type Database from 'better-sqlite3'

/** The name, with another number before its ending when another scenario has it. */
export function uniqueFileName(database: Database.Database, wanted: string): string {
  const taken = database.prepare('SELECT 1 FROM scenario WHERE file_name = ? AND deleted_ms IS NULL')
  const dot = wanted.lastIndexOf('.')
  const [stem, ending] = dot > 0 ? [wanted.slice(0, dot), wanted.slice(dot)] : [wanted, '']
  const counted = stem.replace(/-\d{1,3}$/u, '')
  let name = wanted
  for (let number = 2; taken.get(name) !== undefined; number++) name = `${counted}-${number}${ending}`
  return name
}
