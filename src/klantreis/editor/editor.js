// The page works without this script; with it a change is saved as it is made, and the marks can be moved.
const root = document.documentElement
const by = id => document.getElementById(id)
const said = by('said')
const waiting = new Map()
let busy = false
let renewing = false
root.classList.add('js')

const version = () => by('version').dataset.version
const typed = () => [...document.querySelectorAll('#editor input[type=text], #editor textarea')]
  .filter(one => one.value !== one.defaultValue)

/** Puts the parts of a new page in, and keeps what somebody is typing, what is open, and where the keys are. */
function renew(text, id, value, act) {
  const page = new DOMParser().parseFromString(text, 'text/html')
  if (!page.getElementById('editor')) return gone()
  const saved = one => one.id === id && one.value === value && !page.querySelector('.alarm')
  const kept = typed().filter(one => !saved(one)).map(one => [one.id, one.value])
  const open = [...document.querySelectorAll('#editor details[id][open]')].map(one => one.id)
  const {id: at, selectionStart: from, selectionEnd: to} = document.activeElement
  const left = document.querySelector('.drawing')?.scrollLeft
  const told = page.getElementById('said').textContent
  renewing = true  // a box that is taken away with the keys in it says that it changed
  for (const part of ['editor', 'tools', 'title']) by(part).replaceWith(document.adoptNode(page.getElementById(part)))
  renewing = false
  open.forEach(one => by(one)?.setAttribute('open', ''))
  for (const [one, text] of kept) if (by(one)) {
    by(one).value = text
    by(one).dataset.kept = ''
  }
  const drawing = document.querySelector('.drawing')
  if (drawing) drawing.scrollLeft = left
  const alarm = document.querySelector('.alarm h2')
  if (alarm) alarm.focus()
  else if (at && by(at) && !['after', 'before'].includes(act)) {
    by(at).focus({preventScroll: !['earlier', 'later', 'to', 'clear'].includes(act)})
    if (from !== undefined) by(at).setSelectionRange(from, to)
  } else if (at) newest()
  for (const [{step, feel}] of waiting.values()) if (feel !== undefined && by(`mark-${step}`)) show(by(`mark-${step}`), feel)
  said.textContent = alarm ? alarm.textContent : told
}

/** Goes to the step that was added, or that stands where one was deleted. */
function newest() {
  const card = by(by('version').dataset.at) ?? by('editor')
  card.querySelector('select, input[type=text], summary')?.focus()
}

function gone() {
  said.textContent = document.body.dataset.stopped
  root.classList.add('gone')
}

async function fetched(path, options) {
  try {
    const answer = await fetch(path, options)
    root.classList.remove('gone')
    return answer
  } catch {
    gone()
  }
}

/** Sends one change after the other; of a feeling that moves on while one is under way only the last counts. */
async function send(fields, id) {
  const {feel, word, ...more} = fields
  const key = feel !== undefined && word === undefined ? more.step : Symbol('once')
  if (busy) return waiting.set(key, [fields, id])
  busy = true
  const answer = await fetched('/', {method: 'POST', body: new URLSearchParams({...fields, version: version()})})
  if (answer) renew(await answer.text(), id, id && fields[by(id)?.name], fields.act)
  else if (id && by(id)) delete by(id).dataset.sent
  busy = false
  const [next] = waiting
  if (!next) return
  waiting.delete(next[0])
  if (!document.querySelector('.alarm')) send(...next[1])
}

/** Saves one field of a step or barrier, once. */
function save(field) {
  const {form, name, value, id} = field
  if (renewing || field.dataset.sent === value || !form?.classList.contains('cell')) return
  field.dataset.sent = value
  const about = [...form.querySelectorAll('input[type=hidden]')].map(one => [one.name, one.value])
  send({...Object.fromEntries(about), [name]: value}, id)
}

document.addEventListener('submit', event => {
  const form = event.target
  if (form.method === 'dialog') return
  event.preventDefault()
  if (form.classList.contains('cell') && !event.submitter?.name) return typed().filter(one => one.form === form).forEach(save)
  if (!busy && event.submitter?.getAttribute('aria-disabled') === 'true') return
  send(Object.fromEntries(new FormData(form, event.submitter)), form.querySelector('input[type=text]')?.id)
})

document.addEventListener('change', event => save(event.target))

// What was being typed when an answer came was put back by this script; of that a browser tells no change.
document.addEventListener('focusout', event => {
  if ('kept' in event.target.dataset && typed().includes(event.target)) save(event.target)
})

// Undo everywhere but in a text that is being typed, which has an undo of its own.
document.addEventListener('keydown', event => {
  const key = event.key.toLowerCase()
  if (event.key === 'Escape' && 'defaultValue' in event.target) event.target.value = event.target.defaultValue
  if (!(event.ctrlKey || event.metaKey) || !'zy'.includes(key) || typed().includes(event.target)) return
  event.preventDefault()
  by(key === 'y' || event.shiftKey ? 'redo' : 'undo').click()
})

// The marks on the curve: sliders, moved by key or by hand.
const now = mark => Number(mark.getAttribute('aria-valuenow'))
const within = score => Math.max(-2, Math.min(2, score))

function show(mark, score) {
  const {top, bottom} = mark.parentElement.dataset
  const y = Number(top) + (2 - score) / 4 * (bottom - top)
  mark.setAttribute('transform', `translate(${mark.dataset.x} ${y})`)
  mark.setAttribute('aria-valuenow', score)
  mark.setAttribute('aria-valuetext', document.querySelector(`.feel option[value="${score}"]`)?.text ?? score)
}

function feel(mark, score) {
  if (score === now(mark) && !mark.classList.contains('unsaid')) return
  show(mark, score)
  send({act: 'save', step: mark.dataset.step, feel: score})
}

function askWord(mark) {
  const ask = by('ask')
  const box = by('new-word')
  by('new-word-name').textContent = mark.dataset.ask
  box.value = mark.dataset.word
  ask.returnValue = ''
  ask.onclose = () => {
    by(mark.id)?.focus()
    if (ask.returnValue === 'save' && box.value !== mark.dataset.word)
      send({act: 'save', step: mark.dataset.step, word: box.value})
  }
  ask.showModal()
  box.select()
}

const keys = {
  ArrowUp: mark => feel(mark, within(Math.floor(now(mark)) + 1)),
  ArrowDown: mark => feel(mark, within(Math.ceil(now(mark)) - 1)),
  Home: mark => feel(mark, -2),
  End: mark => feel(mark, 2),
  Enter: askWord,
  F2: askWord,
  ArrowRight: mark => mark.nextElementSibling?.focus(),
  ArrowLeft: mark => mark.previousElementSibling?.focus(),
}
keys['+'] = keys['='] = keys.ArrowUp
keys['-'] = keys['−'] = keys.ArrowDown

document.addEventListener('keydown', event => {
  const mark = event.target.closest?.('.mark')
  if (!mark || event.ctrlKey || event.metaKey || event.altKey || !keys[event.key]) return
  event.preventDefault()
  keys[event.key](mark)
})

document.addEventListener('dblclick', event => {
  const mark = event.target.closest?.('.mark')
  if (mark) askWord(mark)
})

document.addEventListener('pointerdown', event => {
  const mark = event.target.closest?.('.mark')
  if (!mark || event.button || busy) return
  event.preventDefault()
  mark.focus()
  mark.setPointerCapture(event.pointerId)
  const from = mark.getAttribute('aria-valuenow')
  const {top, bottom} = mark.parentElement.dataset
  const begin = event.clientY
  let moved = false
  let at = Number(from)
  const move = one => {
    moved ||= Math.abs(one.clientY - begin) > 3
    if (!moved) return
    const {y} = new DOMPoint(one.clientX, one.clientY).matrixTransform(mark.ownerSVGElement.getScreenCTM().inverse())
    at = within(Math.round(2 - (y - top) / (bottom - top) * 4))
    show(mark, at)
  }
  const stop = keep => {
    over.abort()
    show(mark, Number(from))
    if (keep && moved) feel(mark, at)
  }
  const over = new AbortController()
  const {signal} = over
  mark.addEventListener('pointermove', move, {signal})
  mark.addEventListener('pointerup', () => stop(true), {signal})
  mark.addEventListener('pointercancel', () => stop(false), {signal})
  mark.addEventListener('keydown', one => one.key === 'Escape' && stop(false), {signal})
})

// The file may be changed elsewhere: then the page shows it as it is.
setInterval(async () => {
  if (busy || document.visibilityState === 'hidden' || by('ask').open || document.querySelector('.mark:active')) return
  const answer = await fetched('/version')
  if (!answer?.ok) return gone()
  if (await answer.text() === version() || busy) return
  const fresh = await fetched('/')
  if (!fresh?.ok || busy) return
  renew(await fresh.text())
  if (!document.querySelector('.alarm')) said.textContent = document.body.dataset.elsewhere
}, 2000)

window.addEventListener('beforeunload', event => {
  if (typed().length) event.preventDefault()
})
