import { chmodSync, mkdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { isMainThread } from 'node:worker_threads'

/** What lies in a data folder and was perhaps put there by hand, or by a program that was less careful. */
const ownFiles = ['config.json', 'demo.json', 'running.json', 'server-id', 'wajah']
/** SQLite gives its log and its shared memory the mode of the database beside them. */
const besideDatabase = ['', '-wal', '-shm', '-journal']

/**
 * From here on this process makes files that nobody but its own user can read, whatever the shell it was started from said.
 * Windows has no modes: there the folder's own access list decides.
 */
export function keepToOurselves(): void {
  // A worker cannot, and need not: it shares the process's own.
  if (hasModes && isMainThread) process.umask(0o077)
}

/**
 * Makes the data folder, or takes one that is there, perhaps open to others: then what it holds is closed to them, file by
 * file, for the folder itself may be one that others must pass through.
 */
export function openDataFolder(path: string): void {
  keepToOurselves()
  mkdirSync(path, { recursive: true, mode: 0o700 })
  for (const name of ownFiles) closeToOthers(join(path, name))
}

/** The same for an SQLite database, wherever it lies. */
export function closeDatabase(url: string): void {
  if (!url.startsWith('sqlite:')) return
  for (const ending of besideDatabase) closeToOthers(url.slice('sqlite:'.length) + ending)
}

/**
 * Takes a file's or folder's rights from everybody but its owner. One that is somebody else's, such as a mounted secret, may
 * be readable by our group; nobody further, or this throws.
 */
export function closeToOthers(path: string): void {
  const stat = hasModes ? statSync(path, { throwIfNoEntry: false }) : undefined
  if (!stat || (stat.mode & 0o077) === 0) return
  try {
    chmodSync(path, stat.mode & 0o700)
  } catch {
    if ((stat.mode & 0o007) !== 0) throw new Error(`${path} can be read by others on this machine: take that away (chmod o-rwx)`)
  }
}

const hasModes = process.platform !== 'win32'
