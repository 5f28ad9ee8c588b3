/** A text as long as a presentation is: version 7 at ECC M. */
export const presentationText = `IKD1:${'6BFOXN%TSMAHN-H0Q+8 /K6BA0'.repeat(7).slice(0, 165)}`
