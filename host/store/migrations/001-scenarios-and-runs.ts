/** Version 1 of the database: scenarios with their history, runs with results and series. */

/**
 * Times are in ms since 1970. JSON is kept as text, large JSON and columns as zstd. What lists show has columns of its own,
 * and what is large stands in tables of its own, so that a list touches few pages.
 */
export const scenariosAndRuns = `
CREATE TABLE scenario (
  id TEXT PRIMARY KEY,
  file_name TEXT NOT NULL,
  revision INTEGER NOT NULL,
  created_ms INTEGER NOT NULL,
  updated_ms INTEGER NOT NULL,
  deleted_ms INTEGER,
  tags TEXT NOT NULL DEFAULT '[]',
  notes TEXT NOT NULL DEFAULT '',
  facts TEXT NOT NULL,
  layout TEXT NOT NULL DEFAULT '{}',
  text TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX scenario_by_file_name ON scenario (file_name) WHERE deleted_ms IS NULL;

-- One line of the history: the last of the texts since begun_ms, whose number is revision.
CREATE TABLE revision (
  scenario_id TEXT NOT NULL REFERENCES scenario (id) ON DELETE CASCADE,
  revision INTEGER NOT NULL,
  begun_ms INTEGER NOT NULL,
  saved_ms INTEGER NOT NULL,
  text TEXT NOT NULL,
  UNIQUE (scenario_id, revision)
) STRICT;

CREATE TABLE run (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  scenario_id TEXT REFERENCES scenario (id) ON DELETE SET NULL,
  scenario_name TEXT NOT NULL,
  revision INTEGER,
  status TEXT NOT NULL
    CHECK (status IN ('queued', 'running', 'paused', 'done', 'cancelled', 'failed', 'interrupted')),
  created_ms INTEGER NOT NULL,
  ended_ms INTEGER,
  deleted_ms INTEGER,
  plan_hash TEXT NOT NULL,
  seed INTEGER NOT NULL,
  engine TEXT NOT NULL,
  study_key TEXT NOT NULL,
  replications INTEGER NOT NULL,
  injected INTEGER NOT NULL DEFAULT 0,
  error TEXT,
  tags TEXT NOT NULL DEFAULT '[]',
  notes TEXT NOT NULL DEFAULT '',
  verdict TEXT,
  reason TEXT NOT NULL DEFAULT '',
  partial INTEGER NOT NULL DEFAULT 0,
  fingerprint TEXT,
  p95_ms REAL,
  error_ratio REAL,
  throughput_rps REAL,
  peak_load_rps REAL,
  objectives_held INTEGER NOT NULL DEFAULT 0,
  objectives INTEGER NOT NULL DEFAULT 0,
  headroom REAL,
  series_bytes INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX run_by_scenario ON run (scenario_id, number);
CREATE INDEX run_by_study ON run (plan_hash, seed, engine, study_key);

CREATE TABLE run_detail (
  run INTEGER PRIMARY KEY REFERENCES run (number) ON DELETE CASCADE,
  request TEXT NOT NULL,
  scenario_text TEXT NOT NULL,
  injected_faults TEXT NOT NULL DEFAULT '[]',
  spark TEXT,
  result BLOB
) STRICT;

CREATE TABLE series (
  run INTEGER NOT NULL REFERENCES run (number) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  name TEXT NOT NULL,
  data BLOB NOT NULL,
  UNIQUE (run, name)
) STRICT;
`
