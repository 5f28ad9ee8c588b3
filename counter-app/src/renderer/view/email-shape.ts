/** Enough to catch a slip of the finger; whether the address lives, its mail will say. */
export const emailShape = /^[^\s@<>"]+@[^\s@<>"]+\.[^\s@<>"]+$/
