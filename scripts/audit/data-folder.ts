import { resolve } from 'node:path'
import { type Config, loadConfig } from '@ikd/server'

/** A path as the person meant it who called npm, wherever npm runs its scripts. */
export function callerPath(path: string): string {
  return resolve(process.env['INIT_CWD'] ?? '.', path)
}

/** The configuration of a data folder; of the one in the environment when none is named. */
export function loadConfigOf(data: string | undefined): Config {
  return loadConfig({ ...process.env, ...(data === undefined ? {} : { IKD_DATA: callerPath(data) }) })
}
