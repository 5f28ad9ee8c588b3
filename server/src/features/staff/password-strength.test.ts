import { describe, expect, it } from 'vitest'
import { isGuessablePassword } from './password-strength.ts'

const own = ['petugas.madiun', 'Hesti Wulansari', 'Disdukcapil Kota Madiun']

describe('a password that is easy to guess', () => {
  it.each([
    ['short', 'Kopi-7hujan'],
    ['of keys side by side', 'qwertyuiop12'],
    ['of keys side by side, walked back', 'poiuytrewq09'],
    ['of a column of keys', '1qaz2wsx3edc4rfv'],
    ['of digits', '123456789012'],
    ['of one thing again and again', 'melatimelatimelati'],
    ['of one letter', 'aaaaaaaaaaaaaaaa'],
    ['a common word and a year', 'indonesia1945'],
    ['common words and a year', 'IndonesiaMerdeka2024!'],
    ['a common word, in signs', 'P@ssw0rd12345!'],
    ['pious', 'bismillah123456'],
    ['affectionate', 'ayahbunda12345'],
    ['the own name', 'hestiwulansari1'],
    ['the own user name', 'petugas.madiun1'],
    ['the own user name, in signs', 'p3tug4s.m4d1un'],
    ['the office', 'dukcapilmadiun1'],
    ['the office and a month', 'Disdukcapil-Januari-2026'],
    ['the trade', 'admin-ikd-12345'],
    ['full-width letters of a common word', 'ｐａｓｓｗｏｒｄ１２３４５６'],
  ])('is one %s', (_how, password) => {
    expect(isGuessablePassword(password, own)).toBe(true)
  })

  it.each(['kopi-hujan-melati', 'sawah-melati-kopi', 'sungai gelas tiang rumput', 'x7Gq2vLw9RtZ', 'Wulansari menanam gelagah', 'hujan deras menjelang 2026'])('is not %s', (password) => {
    expect(isGuessablePassword(password, own)).toBe(false)
  })

  it('is looked at in time, however long and whatever it is made of', () => {
    const began = performance.now()
    for (const unit of ['a', 'ab', 'abcdef', '1q', 'é', '\u{1f600}', ' ']) isGuessablePassword(unit.repeat(256).slice(0, 256), own)
    expect(performance.now() - began).toBeLessThan(500)
  })
})
