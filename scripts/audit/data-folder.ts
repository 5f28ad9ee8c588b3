import { type Config, loadConfig } from '@ikd/server'

/** The configuration of a data folder, named by its absolute path; of the one in the environment when none is named. */
export function loadConfigOf(data: string | undefined): Config {
  return loadConfig({ ...process.env, ...(data === undefined ? {} : { IKD_DATA: data }) })
}
