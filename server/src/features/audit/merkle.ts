import { sha256 } from '../../security/digest.ts'

/**
 * Merkle tree hash of RFC 9162 §2.1.1: leaves and nodes are hashed under different prefixes, so that no node can be
 * passed off as a leaf. All hashes are hex.
 */
export function leafHash(data: string): string {
  return sha256(Buffer.concat([Buffer.from([0]), Buffer.from(data)])).toString('hex')
}

/** Root over leaf hashes in their order; of none, the hash of nothing. */
export function merkleRoot(leaves: readonly string[]): string {
  const [only] = leaves
  if (only === undefined) return sha256('').toString('hex')
  if (leaves.length === 1) return only
  // The largest power of two smaller than their number.
  const split = 2 ** (Math.ceil(Math.log2(leaves.length)) - 1)
  const [left, right] = [merkleRoot(leaves.slice(0, split)), merkleRoot(leaves.slice(split))]
  return sha256(Buffer.concat([Buffer.from([1]), Buffer.from(left, 'hex'), Buffer.from(right, 'hex')])).toString('hex')
}
