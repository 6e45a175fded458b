// The picture of the graph page. Positions, texts and colours come from Python; nothing a file says
// becomes HTML here (textContent), and nothing is laid out, animated or asked of a network.
import cytoscape from './cytoscape.js';

const views = new WeakMap();

function make(tag, name, text) {
  const element = document.createElement(tag);
  element.className = name;
  if (text !== undefined) { element.textContent = text; }
  return element;
}

// --- what is drawn -------------------------------------------------------------------------------

function makeNodes(boxes) {
  const nodes = [];
  for (const box of boxes) {
    nodes.push({
      group: 'nodes', position: { x: box.x, y: box.y },
      classes: (box.live ? 'live' : 'still') + (box.align === 'left' ? ' left' : ''),
      data: { ...box, shift: box.indent - box.w },
    });
    if (box.sign) {
      nodes.push({
        group: 'nodes', classes: 'sign', position: { x: box.x - box.w / 2 + 14, y: box.y },
        data: { id: 'sign:' + box.id, text: box.sign[0], fill: box.sign[1], ink: box.sign[2],
          z: box.z + 1, owner: box.id },
      });
    }
  }
  return nodes;
}

// A curve through two points that pull, as cytoscape wants it: shares of the straight line between
// the ends, and distances from it.
function bend(points) {
  const [[sx, sy], , , [ex, ey]] = points;
  const dx = ex - sx, dy = ey - sy;
  const length = Math.max(Math.hypot(dx, dy), 0.01);
  const ux = dx / length, uy = dy / length;
  const pulls = points.slice(1, 3).map(([x, y]) => [x - sx, y - sy]);
  return {
    weights: pulls.map(([x, y]) => (x * ux + y * uy) / length),
    distances: pulls.map(([x, y]) => -x * uy + y * ux),
  };
}

function makeEdges(lines, place) {
  return lines.map((line, number) => {
    const [start, , , end] = line.points;
    const first = place[line.first], second = place[line.second];
    return {
      group: 'edges',
      data: { ...line, id: 'line:' + number, source: line.first, target: line.second,
        ...bend(line.points),
        start: `${start[0] - first.x}px ${start[1] - first.y}px`,
        end: `${end[0] - second.x}px ${end[1] - second.y}px` },
    };
  });
}

const pick = (name) => (element) => element.data(name);

function makeStyle(data) {
  const pie = {};
  for (let slice = 0; slice < 9; slice += 1) {
    pie[`pie-${slice + 1}-background-color`] = (node) => node.data('pie')?.[slice]?.[0] ?? '#888';
    pie[`pie-${slice + 1}-background-size`] = (node) => node.data('pie')?.[slice]?.[1] ?? 0;
  }
  return [
    { selector: 'node', style: {
      'label': 'data(text)', 'text-wrap': 'wrap', 'text-max-width': 4000, 'line-height': 1.18,
      'font-family': data.font, 'text-valign': 'center', 'text-halign': 'center',
      'z-index-compare': 'manual', 'z-index': 'data(z)', 'color': 'data(ink)',
      'overlay-opacity': 0, 'underlay-opacity': 0, 'min-zoomed-font-size': 3 } },
    { selector: 'node.live, node.still', style: {
      'width': 'data(w)', 'height': 'data(h)', 'font-size': 'data(size)',
      'font-weight': (node) => (node.data('bold') ? 'bold' : 'normal'),
      'shape': (node) => ({ none: 'rectangle', round: 'round-rectangle', pie: 'ellipse' }[
        node.data('shape')] ?? 'polygon'),
      'shape-polygon-points': (node) => node.data('outline') ?? '-1 -1 1 -1 1 1 -1 1',
      'corner-radius': 6, 'background-color': pick('fill'),
      'background-opacity': (node) => (node.data('shape') === 'none' ? 0 : 1),
      'border-color': pick('border'), 'border-width': 'data(bw)',
      'border-style': 'data(bs)' } },
    { selector: 'node.still', style: { 'events': 'no' } },
    { selector: 'node[pie]', style: { 'pie-size': '100%', ...pie } },
    { selector: 'node.left', style: { // a label that starts at the left edge of its box
      'text-halign': 'right', 'text-margin-x': 'data(shift)', 'text-justification': 'left' } },
    { selector: 'node.sign', style: {
      'width': 18, 'height': 18, 'background-color': 'data(fill)', 'events': 'no',
      'font-size': 13, 'font-weight': 'bold' } },
    { selector: 'edge', style: {
      'curve-style': 'unbundled-bezier', 'edge-distances': 'endpoints',
      'control-point-weights': pick('weights'), 'control-point-distances': pick('distances'),
      'source-endpoint': 'data(start)', 'target-endpoint': 'data(end)',
      'width': 'data(width)', 'line-color': 'data(color)', 'line-opacity': 'data(opacity)',
      'line-style': (edge) => (edge.data('dashes').length ? 'dashed' : 'solid'),
      'line-dash-pattern': (edge) => (edge.data('dashes').length ? edge.data('dashes') : [1, 0]),
      'target-arrow-shape': 'data(arrow)', 'target-arrow-color': 'data(color)', 'arrow-scale': 0.8,
      'z-index-compare': 'manual', 'z-index': 'data(z)', 'overlay-opacity': 0, 'events': 'no' } },
    { selector: '.dim', style: { 'opacity': 0.18 } },
    { selector: 'node.live.chosen', style: { 'border-width': 4, 'border-color': data.ink } },
  ];
}

// --- the view ------------------------------------------------------------------------------------

function fillCard(element, box) {
  element.replaceChildren(make('p', 'kind', box.kindName), make('p', 'name', box.label),
    ...box.notes.map((note) => make('p', 'note', note)));
}

// To another page by the same link below the picture: a switch of pages by Streamlit itself would
// leave a wrong step in the browser's history.
async function follow(view, id) {
  const wanted = new URL(view.cy.getElementById(id).data('href'), location.href).href;
  for (let tries = 0; tries < 15; tries += 1) { // the link may still be on its way
    const link = [...document.querySelectorAll('a')].find((each) => each.href === wanted);
    if (link) { link.click(); return; }
    await new Promise((done) => { setTimeout(done, 100); });
  }
  view.act('open', id);
}

function showCard(view, id) {
  const { card, data, cy } = view;
  const node = cy.getElementById(id);
  cy.nodes('.chosen').removeClass('chosen');
  if (id === '' || node.empty() || !node.hasClass('live')) { card.hidden = true; return; }
  node.addClass('chosen');
  const box = node.data();
  // A card that says the same stays as it is: a button must not vanish below a finger.
  const content = JSON.stringify([id, box.verbs, box.label, box.notes]);
  if (!card.hidden && view.content === content) { place(view, card, node); return; }
  view.content = content;
  fillCard(card, box);
  const verbs = make('div', 'verbs');
  for (const [verb, label] of box.verbs) {
    const button = make('button', 'verb', label);
    button.dataset.verb = verb;
    button.onclick = () => (verb === 'open' ? follow(view, id) : view.act(verb, id));
    verbs.append(button);
  }
  const close = make('button', 'close', '✕');
  close.setAttribute('aria-label', data.words.close);
  close.onclick = () => { view.act('choose', ''); showCard(view, ''); view.root.focus(); };
  card.append(verbs, close);
  card.hidden = false;
  place(view, card, node);
}

function place(view, element, node) {
  const box = node.renderedBoundingBox({ includeOverlays: false });
  const width = view.root.clientWidth, height = view.root.clientHeight;
  const own = element.getBoundingClientRect();
  let left = box.x2 + 10;
  if (left + own.width > width) { left = box.x1 - own.width - 10; }
  if (left < 4) { left = Math.max((width - own.width) / 2, 4); }
  let top = box.y1;
  if (left < box.x2 && left + own.width > box.x1) {
    top = box.y2 + 10 + own.height > height ? box.y1 - own.height - 10 : box.y2 + 10;
  }
  element.style.left = left + 'px';
  element.style.top =
    view.root.offsetTop + Math.min(Math.max(top, 4), Math.max(height - own.height - 4, 4)) + 'px';
}

function light(view, node) {
  const { cy } = view;
  cy.batch(() => {
    cy.elements('.dim').removeClass('dim');
    if (!node || node.connectedEdges().empty()) { return; }
    const near = node.closedNeighborhood().union(node.connectedEdges());
    const ids = new Set(near.nodes().map((each) => each.id()));
    cy.elements().forEach((each) => {
      const keep = each.isEdge() ? near.has(each)
        : ids.has(each.data('owner') ?? each.id()) || !each.hasClass('live') && !each.data('owner');
      if (!keep) { each.addClass('dim'); }
    });
  });
}

function frame(view, held) {
  const { cy, data, root } = view;
  const width = root.clientWidth;
  const narrow = width < 640;
  const whole = (width - 4) / data.width;
  const zoom = Math.min(Math.max(whole, narrow ? 0.62 : 0.6), 1.15);
  const most = narrow ? window.innerHeight * 0.72 : Math.max(window.innerHeight * 1.6, 900);
  root.style.height = Math.round(Math.min(Math.max(data.height * zoom + 4, 220), most)) + 'px';
  cy.resize();
  cy.zoom(zoom);
  const anchor = held && cy.getElementById(held.id);
  if (anchor && anchor.nonempty()) {
    cy.zoom(held.zoom);
    const now = anchor.renderedPosition();
    cy.panBy({ x: held.x - now.x, y: held.y - now.y });
    return;
  }
  // What is too wide starts with the claims: their mechanism fits beside them on a phone.
  const panel = data.boxes.find((box) => box.id.startsWith('panel:'));
  const left = panel ? panel.x - panel.w / 2 - 10 : 0;
  const focus = data.boxes.find((box) => box.focus) ?? { y: 0 };
  const x = zoom > whole + 0.01
    ? Math.min(Math.max(-left * zoom, width - data.width * zoom), 0)
    : (width - data.width * zoom) / 2;
  const height = root.clientHeight;
  const y = data.height * zoom > height
    ? Math.min(Math.max(height / 2 - focus.y * zoom, height - data.height * zoom), 0)
    : (height - data.height * zoom) / 2;
  cy.pan({ x, y });
}

// Chosen in the list above or by the address: the picture and the page move to where it is.
function bringIntoView(view, id) {
  const { cy, root, card } = view;
  const node = cy.getElementById(id);
  if (node.empty()) { return; }
  const { x, y } = node.renderedPosition();
  if (x < 0 || y < 0 || x > root.clientWidth || y > root.clientHeight) {
    cy.center(node);
    place(view, card, node);
  }
  card.scrollIntoView({ block: 'center' });
}

function zoomBy(view, factor) {
  const { cy } = view;
  cy.zoom({ level: cy.zoom() * factor,
    renderedPosition: { x: cy.width() / 2, y: cy.height() / 2 } });
}

async function savePicture(view) {
  const blob = await view.cy.png({ output: 'blob-promise', full: true, scale: 2,
    bg: view.data.paper, maxWidth: 8000, maxHeight: 8000 });
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = view.data.file;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

function makeBar(view, bar) {
  const { words } = view.data;
  const hint = make('span', 'hint', words.hint);
  const buttons = [
    ['+', words.closer, () => zoomBy(view, 1.3)],
    ['−', words.farther, () => zoomBy(view, 1 / 1.3)],
    [words.whole, words.whole, () => view.cy.fit(undefined, 8)],
    [words.png, words.png, () => savePicture(view)],
  ].map(([text, label, act]) => {
    const button = make('button', 'tool', text);
    button.setAttribute('aria-label', label);
    button.title = label;
    button.onclick = act;
    return button;
  });
  bar.replaceChildren(...buttons, hint);
}

function listen(view) {
  const { cy, root, tip } = view;
  cy.on('mouseover', 'node.live', (event) => {
    root.style.cursor = 'pointer';
    light(view, event.target);
    if (event.target.id() === view.chosen) { return; }
    fillCard(tip, event.target.data());
    tip.hidden = false;
    place(view, tip, event.target);
  });
  cy.on('mouseout', 'node.live', () => {
    root.style.cursor = '';
    tip.hidden = true;
    light(view, null);
  });
  cy.on('tap', 'node.live', (event) => {
    const id = event.target.id();
    tip.hidden = true;
    if (event.target.data('direct')) {
      if (event.target.data('href').startsWith('graph?')) { view.act('open', id); }
      else { follow(view, id); }
      return;
    }
    view.chosen = id;
    showCard(view, id);
    view.act('choose', id);
  });
  cy.on('tap', (event) => {
    if (event.target === cy && view.chosen) {
      view.chosen = '';
      showCard(view, '');
      view.act('choose', '');
    }
  });
  cy.on('pan zoom', () => {
    tip.hidden = true;
    if (!view.card.hidden) { place(view, view.card, cy.getElementById(view.chosen)); }
  });
}

// Cytoscape draws each element into a picture of its own first, so that many move smoothly. That is
// worth its time only while a hand moves them: else what is in sight is drawn as it is.
function drawPlainly(renderer) {
  const drawLayered = renderer.drawLayeredElements;
  renderer.drawLayeredElements = (context, elements, ratio, sight) => {
    const { hoverData, pinching, swipePanning, data } = renderer;
    if (hoverData.dragging || pinching || swipePanning || data.wheelZooming) {
      drawLayered.call(renderer, context, elements, ratio, sight);
      return;
    }
    for (const each of elements) {
      const box = each.boundingBox();
      if (box.x1 <= sight.x2 && box.x2 >= sight.x1 && box.y1 <= sight.y2 && box.y2 >= sight.y1) {
        renderer.drawElement(context, each);
      }
    }
  };
}

function build(view) {
  const { data, root } = view;
  let held = null;
  if (view.cy) {
    const node = view.cy.getElementById(view.chosen);
    // Another picture with a node that was open in the last one begins anew.
    if (node.nonempty() && data.chosen === view.chosen) {
      held = { id: view.chosen, zoom: view.cy.zoom(), ...node.renderedPosition() };
    }
    view.cy.destroy();
  }
  root.style.background = data.paper;
  root.setAttribute('aria-label', data.alternative);
  const boxes = makeNodes(data.boxes);
  const where = Object.fromEntries(data.boxes.map((box) => [box.id, box]));
  view.cy = cytoscape({
    container: root, layout: { name: 'preset', fit: false }, style: makeStyle(data),
    elements: [...boxes, ...makeEdges(data.lines, where)],
    autoungrabify: true, autounselectify: true, boxSelectionEnabled: false,
    minZoom: 0.08, maxZoom: 4, pixelRatio: 'auto',
  });
  drawPlainly(view.cy.renderer());
  listen(view);
  makeBar(view, view.bar);
  frame(view, held);
}

function open(parentElement) {
  const top = parentElement.querySelector('.graph');
  const root = make('div', 'cy'), tip = make('div', 'tip'), card = make('div', 'card');
  const bar = make('div', 'bar');
  root.tabIndex = 0;
  root.style.position = 'relative'; // the style sheet may come after the picture
  root.setAttribute('role', 'img');
  tip.hidden = true;
  card.hidden = true;
  card.setAttribute('role', 'group');
  top.replaceChildren(bar, root, tip, card);
  const view = { top, root, tip, card, bar, chosen: '', revision: '', width: 0 };
  // The wheel scrolls the page, as everywhere; with Ctrl it zooms.
  top.addEventListener('wheel', (event) => {
    if (!event.ctrlKey && !event.metaKey) { event.stopPropagation(); }
  }, { capture: true, passive: true });
  // Cytoscape does not learn of scrolling outside of its shadow root: where it stands is asked anew.
  for (const name of ['mousemove', 'mousedown', 'touchstart']) {
    top.addEventListener(name, () => view.cy?.renderer().invalidateContainerClientCoordsCache(),
      { capture: true, passive: true });
  }
  root.addEventListener('keydown', (event) => {
    const moves = { ArrowLeft: [60, 0], ArrowRight: [-60, 0], ArrowUp: [0, 60], ArrowDown: [0, -60] };
    if (moves[event.key]) { view.cy.panBy({ x: moves[event.key][0], y: moves[event.key][1] }); }
    else if (event.key === '+') { zoomBy(view, 1.3); }
    else if (event.key === '-') { zoomBy(view, 1 / 1.3); }
    else { return; }
    event.preventDefault();
  });
  card.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') { card.querySelector('.close')?.click(); }
  });
  new ResizeObserver(() => {
    if (!root.isConnected) { view.cy?.destroy(); return; }
    if (view.cy && Math.abs(root.clientWidth - view.width) > 1) {
      view.width = root.clientWidth;
      frame(view, null);
      showCard(view, view.chosen);
    }
  }).observe(top);
  return view;
}

export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  if (!views.has(parentElement)) { views.set(parentElement, open(parentElement)); }
  const view = views.get(parentElement);
  view.act = (verb, node) => {
    if (verb === 'choose') { view.chosen = node; }
    setTriggerValue('act', { verb, node });
  };
  const isNew = view.revision !== data.revision;
  view.data = data;
  if (isNew) {
    build(view);
    view.revision = data.revision;
    view.width = view.root.clientWidth;
  } else {
    for (const box of data.boxes) { view.cy.getElementById(box.id).data('verbs', box.verbs); }
  }
  const isOther = view.chosen !== data.chosen || (isNew && !view.shown);
  view.shown = true;
  view.chosen = data.chosen;
  showCard(view, data.chosen);
  if (isOther && data.chosen) { bringIntoView(view, data.chosen); }
}
