/** The option `--data` of the commands that work on a data folder. */
import { homedir } from 'node:os'
import { resolve } from 'node:path'
import { Option } from 'commander'
import { defaultDataFolder } from '../contract/data-folder.ts'

/** What the option leaves behind. */
export interface DataOption {
  readonly data?: string
}

/** A fresh option. */
export function dataOption(): Option {
  return new Option('--data <folder>', 'folder with scenarios and runs (default: the one of the application)')
}

/** An absolute path. */
export function dataFolderOf({ data }: DataOption): string {
  if (data !== undefined) return resolve(data)
  return defaultDataFolder({ platform: process.platform, env: process.env, home: homedir() })
}
