import { expect, test } from 'vitest'
import { isPopularPin } from './popular-pins.ts'

test.each(['000000', '121212', '123123', '123456', '654321', '890123', '111222', '112233', '123321', '159753'])('%s is refused as a PIN', (pin) => {
  expect(isPopularPin(pin)).toBe(true)
})

test.each(['472915', '918273', '305817', '260491'])('%s may be a PIN', (pin) => expect(isPopularPin(pin)).toBe(false))
