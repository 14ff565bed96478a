// Figures that move. The page holds the controls and the printed picture; this script draws anew
// when a reader changes something. Each figure loads its own module when it is near the window.

const folder = new URL('.', import.meta.url)
const page = document.documentElement
if (!page.dataset.theme) { // a page without the book's own switch
  const dark = matchMedia('(prefers-color-scheme: dark)')
  const follow = () => { page.dataset.theme = dark.matches ? 'dark' : 'light' }
  dark.addEventListener('change', follow)
  follow()
}

// Does something at most once a frame, however often it is asked to.
function oncePerFrame(todo) {
  let asked = false
  return () => {
    if (asked) return
    asked = true
    requestAnimationFrame(() => { asked = false; todo() })
  }
}

const values = (input) => input.dataset.values && JSON.parse(input.dataset.values)
const value = (input) => values(input)?.[+input.value] ?? input.value
const spoken = (x) => (typeof x === 'number' ? String(+x.toPrecision(3)).replace('-', '−') : x)

function tell(input) {
  if (!values(input)) return
  const text = spoken(value(input))
  input.setAttribute('aria-valuetext', text)
  input.closest('label').querySelector('output').textContent = text
}

// Puts a control to the place that is nearest to what is wanted.
function set(input, wanted) {
  const all = values(input)
  if (!all) { input.value = wanted; return }
  const off = all.map((v) => Math.abs(v > 0 && wanted > 0 ? Math.log(v / wanted) : v - wanted))
  input.value = off.indexOf(Math.min(...off))
}

async function start(figure) {
  const form = figure.querySelector('fieldset')
  const canvas = figure.querySelector('svg')
  const says = figure.querySelector('.says')
  const inputs = Object.fromEntries([...form.querySelectorAll('[name]')].map((e) => [e.name, e]))
  const [{ draw, presets = {}, WORDS }, data] = await Promise.all([
    import(new URL(`${figure.dataset.explore}.mjs`, folder)),
    figure.dataset.from ? fetch(figure.dataset.from).then((answer) => answer.json()) : null,
  ])
  const words = WORDS[page.lang] ?? WORDS.en
  const state = () => Object.fromEntries(Object.entries(inputs).map(([name, e]) => [name, value(e)]))
  let late
  function redraw() {
    Object.values(inputs).forEach(tell)
    const width = Math.round(canvas.parentElement.clientWidth)
    if (!width) return // in a frame that is hidden, as on a slide; drawn when it has room
    const { height, picture, said, controls = {} } = draw({ state: state(), width, data, words })
    canvas.setAttribute('viewBox', `0 0 ${width} ${height}`)
    canvas.style.height = `${height}px`
    canvas.innerHTML = picture
    for (const [name, { label, off }] of Object.entries(controls)) {
      inputs[name].disabled = off
      if (label) inputs[name].closest('label').querySelector('span').textContent = label
    }
    // A screen reader hears where the reader stops, and nothing before something was moved.
    clearTimeout(late)
    late = setTimeout(() => { says.textContent = said.replaceAll(' %', '\u00a0%') }, says.hasAttribute('role') ? 250 : 0)
  }
  const soon = oncePerFrame(redraw)
  const moved = () => { says.setAttribute('role', 'status'); soon() }
  form.addEventListener('input', moved)
  form.addEventListener('click', ({ target }) => {
    const { preset } = target.dataset
    if (preset === undefined) return
    const wanted = preset ? presets[preset](state(), data) : null
    for (const [name, input] of Object.entries(inputs)) {
      set(input, wanted ? wanted[name] : JSON.parse(input.dataset.start))
    }
    moved()
  })
  redraw()
  form.disabled = false
  figure.classList.add('drawn')
  new ResizeObserver(soon).observe(canvas.parentElement)
}

const near = new IntersectionObserver((seen) => {
  for (const { isIntersecting, target } of seen) {
    if (!isIntersecting) continue
    near.unobserve(target)
    // What cannot be loaded leaves the printed picture, without controls that do nothing.
    start(target).catch((error) => { target.classList.add('failed'); console.error(error) })
  }
}, { rootMargin: '800px' })
document.querySelectorAll('[data-explore]').forEach((figure) => near.observe(figure))
