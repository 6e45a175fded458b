"""A text with places one can click: a small Streamlit component of our own.

It gets plain values and builds the page with ``textContent``: nothing an article says becomes HTML.
Each place is reached by Tab and opened by Enter, and tells what it is to a screen reader.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any, Final

import streamlit as st

from belegt.ui.views.check import TextBlock

_CSS: Final = """
.text { font-family: var(--st-font); color: var(--st-text-color); line-height: 1.65;
  overflow-wrap: anywhere; }
.text p, .text h3, .text h4, .text h5, .text h6 { margin: 0 0 .8em; }
.text h3, .text h4, .text h5, .text h6 { line-height: 1.3; margin-top: 1.2em; }
.text h5, .text h6 { font-size: 1em; }
.item { padding-left: 1.2em; text-indent: -.9em; }
.item.plain::before { content: "• "; }
.row, .code { font-size: .9em; white-space: pre-wrap; }
.code { font-family: var(--st-code-font); }
.note, .reference { font-size: .9em; opacity: .85; }
.spot { cursor: pointer; border-radius: .15em; padding: .05em .1em; text-indent: 0;
  text-decoration-line: underline; text-decoration-thickness: 2px; text-underline-offset: .18em;
  -webkit-box-decoration-break: clone; box-decoration-break: clone; }
.linked { text-decoration-style: solid; text-decoration-color: #0b8f88;
  background: rgba(11, 143, 136, .10); }
.ambiguous { text-decoration-style: double; text-decoration-color: #c77700;
  background: rgba(255, 170, 40, .18); }
.unresolved { text-decoration-style: wavy; text-decoration-color: #d03b3b;
  background: rgba(208, 59, 59, .12); }
.unsourced { text-decoration-style: dashed; text-decoration-color: #b8890b;
  background: rgba(255, 214, 74, .30); }
.assumed { text-decoration-style: dotted; text-decoration-color: #888;
  background: rgba(136, 136, 136, .08); }
.spot:hover { filter: brightness(.93); }
.spot:focus-visible { outline: 3px solid #0b8f88; outline-offset: 1px; }
.chosen { outline: 2px solid currentColor; outline-offset: 1px; }
@media (forced-colors: active) { .spot { border: 1px solid; } }
"""
_JS: Final = r"""
function makeSpot(number, words, label, kind, choose) {
  const spot = document.createElement('span');
  spot.className = 'spot ' + kind;
  spot.textContent = words;
  spot.title = label;
  spot.tabIndex = 0;
  spot.setAttribute('role', 'button');
  spot.setAttribute('aria-label', label + ': ' + words);
  spot.dataset.spot = number;
  spot.onclick = () => choose(number);
  spot.onkeydown = (event) => {
    if (event.key === 'Enter' || event.key === ' ') { event.preventDefault(); choose(number); }
  };
  return spot;
}
function makeBlock(block, data, choose) {
  const [kind, level, pieces] = block;
  const heading = kind === 'heading';
  const element = document.createElement(heading ? 'h' + Math.min(level + 2, 6) : 'p');
  element.className = kind;
  // "- a" and "1. a" of a text file have their sign already.
  element.classList.toggle('plain', !/^\s*(?:[-*•+–]|\(?\d+[.)])\s/.test(pieces[0]?.[0] ?? ''));
  for (const [words, number] of pieces) {
    const known = number >= 0 ? data.spots[number] : null;
    element.append(known
      ? makeSpot(number, words, known[1], known[0], choose) : document.createTextNode(words));
  }
  return element;
}
export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  const root = parentElement.querySelector('.text');
  if (root.dataset.revision !== data.revision) {
    root.lang = data.language;
    root.replaceChildren(
      ...data.blocks.map((block) =>
        makeBlock(block, data, (number) => setTriggerValue('spot', number))));
    root.dataset.revision = data.revision;
  }
  for (const spot of root.querySelectorAll('.spot')) {
    const chosen = Number(spot.dataset.spot) === data.chosen;
    const isNew = chosen && !spot.classList.contains('chosen');
    spot.classList.toggle('chosen', chosen);
    spot.setAttribute('aria-pressed', String(chosen));
    if (isNew && data.follow) { spot.scrollIntoView({ block: 'center' }); }
  }
}
"""


@cache
def _mount() -> Callable[..., Any]:
    # Registered when a page first needs it: outside of a running app there is nothing to register.
    return st.components.v2.component(
        "belegt_marked_text", html='<div class="text"></div>', css=_CSS, js=_JS
    )


def show_marked_text(
    blocks: Sequence[TextBlock],
    spots: Mapping[int, tuple[str, str]],
    *,
    chosen: int,
    revision: str,
    language: str,
    follow: bool,
    on_choose: Callable[[int], None],
) -> None:
    """Show a text with marked places.

    Args:
        blocks: The text.
        spots: Kind and label of each marked place in it, by number.
        chosen: The place that is open, or -1.
        revision: Changes when the text does; the text is built anew only then.
        language: Of the text, for screen readers ("" when unknown).
        follow: Whether to bring the open place into view.
        on_choose: Called with the number of a place that somebody opens.
    """
    key = "marked-text"

    def choose() -> None:
        number = st.session_state[key].spot
        if number is not None:
            on_choose(int(number))

    _mount()(
        key=key,
        data={
            "blocks": [[block.kind, block.level, block.pieces] for block in blocks],
            "spots": {str(number): list(pair) for number, pair in spots.items()},
            "chosen": chosen,
            "revision": revision,
            "language": language,
            "follow": follow,
        },
        on_spot_change=choose,
    )
