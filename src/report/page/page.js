// What the page of `--format html` does: filters, chooses a finding, walks its path on the picture. No network, no data kept.
;(() => {
  const one = (selector, from = document) => from.querySelector(selector)
  const all = (selector, from = document) => [...from.querySelectorAll(selector)]
  const findings = all('.finding')
  const figures = all('figure[data-picture]')
  const [canvas, shown, walker, told] = ['.canvas', '#shown', '.walker', '#told'].map(name => one(name))
  const calm = matchMedia('(prefers-reduced-motion: reduce)')
  let chosen = null
  let stops = []
  let at = 0
  document.documentElement.classList.add('live')

  // Filters.
  const filters = all('[data-filter]')
  const filter = () => {
    let left = 0
    for (const finding of findings) {
      const fits = filters.every(
        ({ dataset, value }) => value === '' || finding.dataset[dataset.filter] === value,
      )
      finding.hidden = !fits
      if (fits) left += 1
      else if (finding === chosen) close()
    }
    one('.count').textContent = `${left} of ${findings.length} shown`
  }
  for (const select of filters) select.addEventListener('change', filter)

  // Which picture is shown, and how large.
  const scales = new Map()
  const drawing = () => figures.find(figure => !figure.hidden)
  const widthOf = svg => svg.viewBox.baseVal.width * (4 / 3)
  const fitting = svg => Math.min(1, (canvas.clientWidth - 24) / widthOf(svg))
  const scale = by => {
    const figure = drawing()
    const svg = figure && one('svg', figure)
    if (!svg) return
    const now = scales.get(figure) ?? Math.max(0.75, fitting(svg))
    const next = by === 'fit' ? fitting(svg) : Math.min(3, Math.max(0.1, now * (by ?? 1)))
    scales.set(figure, next)
    svg.style.width = `${Math.round(widthOf(svg) * next)}px`
  }
  const show = id => {
    for (const figure of figures) figure.hidden = figure.dataset.picture !== id
    for (const words of all('[data-words]')) words.hidden = words.dataset.words !== id
    shown.value = id
    scale()
  }

  // The path of the chosen finding.
  const part = (stop, key) => {
    const { picture } = stop.dataset
    return picture && stop.dataset[key] ? document.getElementById(`${picture}-${stop.dataset[key]}`) : null
  }
  const wipe = () => {
    for (const group of all('.on, .walked, .here', canvas)) group.classList.remove('on', 'walked', 'here')
  }
  const reveal = box => {
    const frame = canvas.getBoundingClientRect()
    const { left, top, width, height } = box.getBoundingClientRect()
    canvas.scrollBy({
      left: left + width / 2 - frame.left - frame.width / 2,
      top: top + height / 2 - frame.top - frame.height / 2,
      behavior: calm.matches ? 'auto' : 'smooth',
    })
  }
  const paint = () => {
    wipe()
    for (const [index, stop] of stops.entries()) {
      const [box, arrow] = [part(stop, 'box'), part(stop, 'arrow')]
      box?.classList.add('on')
      arrow?.classList.add('on')
      if (index <= at) box?.classList.add('walked')
      if (index < at) arrow?.classList.add('walked')
      stop.toggleAttribute('aria-current', index === at)
      if (index === at) stop.setAttribute('aria-current', 'step')
    }
    const here = stops[at]
    if (!here) return
    if (here.dataset.picture) show(here.dataset.picture)
    part(here, 'arrow')?.classList.add('here')
    const box = part(here, 'box')
    box?.classList.add('here')
    if (box) reveal(box)
  }
  const tell = before => {
    told.replaceChildren()
    const here = stops[at]
    const number = document.createElement('p')
    number.className = 'number'
    number.textContent = `${before}step ${at + 1} of ${stops.length}`
    told.append(number)
    if (here) told.append(one('.told', here).cloneNode(true))
  }
  const loop = () => Number(chosen?.dataset.loop ?? 0)
  const walk = (to, before = '') => {
    if (!walker || stops.length === 0) return
    at = Math.min(Math.max(to, 0), stops.length - 1)
    paint()
    tell(before)
    one('#back').disabled = at === 0
    one('#on').disabled = at === stops.length - 1 && loop() === 0
  }
  const on = () => {
    if (at < stops.length - 1) walk(at + 1)
    else if (loop() > 0) walk(loop() - 1, '↺ and again: ')
  }
  const close = () => {
    if (!chosen) return
    chosen.classList.remove('chosen')
    one('.choose', chosen).setAttribute('aria-expanded', 'false')
    for (const stop of stops) stop.removeAttribute('aria-current')
    chosen = null
    stops = []
    if (!walker) return
    wipe()
    canvas.classList.remove('walking')
    walker.hidden = true
  }
  const choose = finding => {
    close()
    chosen = finding
    finding.classList.add('chosen')
    one('.choose', finding).setAttribute('aria-expanded', 'true')
    stops = all('.path > li', finding)
    try {
      history.replaceState(null, '', `#${finding.id}`)
    } catch {
      // A page that may not change its address is still a page.
    }
    if (!walker) return
    if (finding.dataset.picture) show(finding.dataset.picture)
    walker.hidden = stops.length === 0
    canvas.classList.toggle('walking', stops.length > 0)
    one('#home').hash = finding.id
    walk(0)
  }

  for (const finding of findings) {
    one('.choose', finding).addEventListener('click', () => (finding === chosen ? close() : choose(finding)))
    one('.walk', finding)?.addEventListener('click', () => {
      one('#picture')?.scrollIntoView({ behavior: calm.matches ? 'auto' : 'smooth' })
      canvas?.focus({ preventScroll: true })
    })
    for (const [index, stop] of all('.path > li', finding).entries()) {
      one('.stop', stop).addEventListener('click', () => walk(index))
    }
  }
  document.addEventListener('keydown', event => {
    const { key, target } = event
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || !chosen) return
    if (target instanceof Element && target.closest('select, input, textarea')) return
    if (key === 'Escape') {
      const button = one('.choose', chosen)
      close()
      button.focus()
    } else if (key === 'ArrowRight' && walker) on()
    else if (key === 'ArrowLeft' && walker) walk(at - 1)
    else return
    event.preventDefault()
  })
  const open = () => {
    const finding = /^#f\d+$/.test(location.hash) ? document.getElementById(location.hash.slice(1)) : null
    if (finding && finding !== chosen) choose(finding)
  }
  if (walker) {
    one('#on').addEventListener('click', on)
    one('#back').addEventListener('click', () => walk(at - 1))
    shown.addEventListener('change', () => show(shown.value))
    one('#larger').addEventListener('click', () => scale(1.25))
    one('#smaller').addEventListener('click', () => scale(0.8))
    one('#fit').addEventListener('click', () => scale('fit'))
    if (figures.length > 0) show(findings[0]?.dataset.picture ?? figures[0].dataset.picture)
  }
  addEventListener('hashchange', open)
  if (filters.length > 0) filter()
  open()
})()
