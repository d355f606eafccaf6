// Makes the text of answers from the form, keeps both in this browser, and sends nothing anywhere.
const form = document.getElementById("votes"), held = `klantreis-votes:${form.dataset.map}`
const all = new Set(Array.from(form.elements, one => one.name).filter(name => name.startsWith("step:")))
const at = name => form.querySelector(`.vote-${name}`), text = form.querySelector("textarea")
const field = name => form.elements.namedItem(name), version = field("version").value
const signs = "abcdefghijkmnpqrstuvwxyz23456789"
const fresh = () => Array.from(crypto.getRandomValues(new Uint8Array(12)), one => signs[one % 32]).join("")
const kept = () => { try { return JSON.parse(localStorage.getItem(held)) || {} } catch { return {} } }
const tell = words => { if (at("count").textContent !== words) at("count").textContent = words }
let viewer = kept().viewer || fresh()

const make = () => {
  field("viewer").value = `${viewer};`
  field("at").value = `${new Date().toISOString().slice(0, 19)}Z;`
  const lines = Array.from(new FormData(form), ([name, value]) => `${name}=${value}`)
  const voted = lines.filter(line => line.startsWith("step:")).length
  const some = voted > 0 || field("comment").value.trim() !== ""
  text.value = some ? `${lines.join("\n")}\n` : ""
  at("save").href = `data:text/plain;charset=utf-8,${encodeURIComponent(text.value)}`
  if (at("mail")) {
    const body = encodeURIComponent(text.value.replaceAll("\n", "\r\n"))
    at("mail").href = `${form.action}&body=${body.length < 1800 ? body : encodeURIComponent(form.dataset.paste)}`
  }
  for (const one of [text, at("mail"), at("copy"), at("save"), at("clear")]) if (one) one.hidden = !some
  tell(form.dataset.count.replace("{n}", voted).replace("{all}", all.size))
}

const before = kept()
if (before.version === version) {
  for (const name of all) if (before[name]) field(name).value = before[name]
  field("comment").value = before.comment || ""
}
at("bare").hidden = true
at("made").hidden = false
make()

document.addEventListener("input", event => {
  if (event.target.form !== form) return
  make()
  const now = Object.fromEntries(new FormData(form))
  try { localStorage.setItem(held, JSON.stringify({ ...now, viewer })) } catch { /* A browser may keep nothing. */ }
})
document.getElementById("walk").addEventListener("beforetoggle", () => { document.getElementById("walk-1").checked = true })
form.addEventListener("submit", event => event.preventDefault())
at("copy").addEventListener("click", async () => {
  try { await navigator.clipboard.writeText(text.value) } catch { text.select(); document.execCommand("copy") }
  tell(form.dataset.copied)
})
at("clear").addEventListener("click", () => {
  try { localStorage.removeItem(held) } catch { /* Nothing was kept. */ }
  form.reset()
  viewer = fresh()
  make()
})
