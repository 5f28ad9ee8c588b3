// Runs in the page: counts down and fetches the next codes when these have run out.
const seconds = document.querySelector('[data-seconds]')
let until = Date.now() + Number(seconds.textContent) * 1000

async function renew() {
  const { codes, secondsLeft } = await (await fetch('/kode.json')).json()
  until = Date.now() + secondsLeft * 1000
  for (const { username, code } of codes) {
    const shown = document.querySelector(`[data-username="${CSS.escape(username)}"]`)
    if (shown) shown.textContent = `${code.slice(0, 3)} ${code.slice(3)}`
  }
}

setInterval(() => {
  const left = Math.ceil((until - Date.now()) / 1000)
  seconds.textContent = String(Math.max(0, left))
  // The demo may be down for a moment: the next second tries again.
  if (left <= 0) renew().catch(() => {})
}, 1000)
