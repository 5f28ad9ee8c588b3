import sharp from 'sharp'
import type { Head } from './head.ts'
import { type Action, atRest, doing, eased, type Stance } from './stance.ts'
import { warpHead } from './warp.ts'

/** Pictures of a head at rest and on its way through each movement, base64 JPEGs: what a page can play without working out any. */
export type HeadFilm = { readonly rest: string; readonly actions: Readonly<Record<Action, readonly string[]>> }

const picturesPerAction = 9

const filmed = new WeakMap<Head, Promise<HeadFilm>>()

export function filmHead(head: Head): Promise<HeadFilm> {
  const known = filmed.get(head)
  if (known) return known
  const film = shoot(head)
  filmed.set(head, film)
  return film
}

async function shoot(head: Head): Promise<HeadFilm> {
  const picture = async (stance: Stance) => {
    const { width, height, data } = warpHead(head.still, head.shape, stance)
    return (await sharp(data, { raw: { width, height, channels: 3 } }).jpeg({ quality: 90 }).toBuffer()).toString('base64')
  }
  const through = (action: Action) =>
    Promise.all(Array.from({ length: picturesPerAction }, (_, i) => picture(doing({ [action]: eased((i + 1) / picturesPerAction) }, head.reach))))
  return {
    rest: await picture(atRest),
    actions: {
      'turn-left': await through('turn-left'),
      'turn-right': await through('turn-right'),
      'look-up': await through('look-up'),
      'come-closer': await through('come-closer'),
    },
  }
}
