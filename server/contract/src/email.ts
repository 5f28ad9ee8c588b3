/**
 * An address as it stands in an envelope: dot-atom and host name, in ASCII (RFC 5321 §4.1.2; internationalised domains as
 * `xn--`). No quotes, comments, lists or groups, of which a mail program could make another address than a person reads.
 */
export const emailPattern =
  "^(?=.{6,254}$)(?=[^@]{1,64}@)[A-Za-z0-9!#$%&'*+/=?^_`{|}~\\-]+(\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~\\-]+)*@([A-Za-z0-9]([A-Za-z0-9\\-]{0,61}[A-Za-z0-9])?\\.)+[A-Za-z]([A-Za-z0-9\\-]{0,61}[A-Za-z0-9])$"

const shape = new RegExp(emailPattern, 'u')

export function isEmail(text: string): boolean {
  return shape.test(text)
}
