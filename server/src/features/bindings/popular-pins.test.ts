import { expect, test } from 'vitest'
import { isBirthDatePin, isPopularPin } from './popular-pins.ts'

test.each(['000000', '121212', '123123', '123456', '654321', '890123', '111222', '112233', '123321', '159753'])('%s is refused as a PIN', (pin) => {
  expect(isPopularPin(pin)).toBe(true)
})

test.each(['472915', '918273', '305817', '260491'])('%s may be a PIN', (pin) => expect(isPopularPin(pin)).toBe(false))

test.each(['120498', '980412', '041298', '199804', '041998', '121998'])('%s is refused to somebody born on 12 April 1998', (pin) => {
  expect(isBirthDatePin(pin, '1998-04-12')).toBe(true)
  expect(isBirthDatePin(pin, '1971-11-23')).toBe(false)
})
