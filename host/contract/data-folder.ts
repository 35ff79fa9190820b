/** Where scenarios and runs are kept unless the user says otherwise, by the convention of each system. */

/** What it depends on: Node's `process.platform`, the environment, and the user's home folder. */
export interface Surroundings {
  readonly platform: string
  readonly env: Readonly<Record<string, string | undefined>>
  readonly home: string
}

/** An absolute path, with the separators of the system. */
export function defaultDataFolder({ platform, env, home }: Surroundings): string {
  if (platform === 'win32') return `${env['APPDATA'] ?? `${home}\\AppData\\Roaming`}\\Headroom\\data`
  if (platform === 'darwin') return `${home}/Library/Application Support/Headroom/data`
  const shared = env['XDG_DATA_HOME'] ?? ''
  // The specification has relative paths ignored.
  return `${shared.startsWith('/') ? shared : `${home}/.local/share`}/headroom`
}
