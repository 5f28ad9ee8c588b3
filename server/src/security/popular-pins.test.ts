import { expect, test } from 'vitest'
import { isBirthDatePin, isPopularPin } from './popular-pins.ts'

test.each(['000000', '121212', '123123', '123456', '654321', '890123', '111222', '112233', '123321', '159753'])('%s is refused as a PIN', (pin) => {
  expect(isPopularPin(pin)).toBe(true)
})

test.each(['472915', '918273', '305817', '260491'])('%s may be a PIN', (pin) => expect(isPopularPin(pin)).toBe(false))

test.each(['1234567', '87654321', '1111111', '12341234', '11112222', '12344321', '4123456', '17081945', '19450817', '08171945'])('%s is refused as a PIN of more digits', (pin) => {
  expect(isPopularPin(pin)).toBe(true)
})

test.each(['4729158', '91827364', '30581746'])('%s may be one', (pin) => expect(isPopularPin(pin)).toBe(false))

test.each(['120498', '980412', '041298', '199804', '041998', '121998'])('%s is refused to somebody born on 12 April 1998', (pin) => {
  expect(isBirthDatePin(pin, '1998-04-12')).toBe(true)
  expect(isBirthDatePin(pin, '1971-11-23')).toBe(false)
})
