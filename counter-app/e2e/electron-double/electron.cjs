// What `require('electron')` gives main and preload while the double stands in.
module.exports = globalThis[Symbol.for('ikd.electron-double')]
