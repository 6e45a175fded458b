"""Charts of the overview: each says with words and numbers what it says with colour."""

from typing import Any, Final

import altair as alt
import pandas as pd

from belegt.ui.words import say
from belegt.vocabulary import STATUSES, Language

#: Distinguishable without colour vision too (Okabe & Ito, "Color Universal Design", 2008).
STATUS_COLORS: Final = {
    "cited": "#0072B2",
    "unidentified": "#E69F00",
    "attributed": "#8E6BBF",
    "uncited": "#C8532B",
}
_BAR_HEIGHT: Final = 26
_CELL_HEIGHT: Final = 20
_LEGEND_HEIGHT: Final = 122


def draw_status_bars(
    counts: pd.DataFrame, article: str, language: Language, ink: str
) -> alt.LayerChart:
    """Draw a bar per source status of one article, each with its name and number.

    Args:
        counts: What ``views.view_status_by_article`` returns; all articles share one scale.
        article: The article's short title.
        language: Of the axis.
        ink: Colour of the numbers, as the page's theme needs it.

    Returns:
        The chart.
    """
    labels = [words[language != "de"] for words in STATUSES.values()]
    own = counts[counts["article"] == article]
    most = int(counts["count"].max())
    base = alt.Chart(own).encode(
        y=alt.Y("label:N", sort=labels, title=None, axis=alt.Axis(labelLimit=160)),
        x=alt.X(
            "count:Q",
            title=None,
            scale=alt.Scale(domain=[0, most * 1.08]),
            axis=alt.Axis(labels=False, ticks=False, grid=False, domain=False),
        ),
    )
    bars = base.mark_bar(height=_BAR_HEIGHT - 8, cornerRadius=3).encode(
        color=alt.Color(
            "status:N",
            scale=alt.Scale(domain=list(STATUS_COLORS), range=list(STATUS_COLORS.values())),
            legend=None,
        ),
        tooltip=_tooltips(
            label=("common.status", language),
            count=("common.claims", language),
        ),
    )
    numbers = base.mark_text(align="left", dx=4, fontSize=13, color=ink).encode(text="count:Q")
    chart: alt.LayerChart = (bars + numbers).properties(
        height=_BAR_HEIGHT * len(own), width="container"
    )
    return chart


def _tooltips(**fields: tuple[str, Language]) -> list[Any]:
    return [alt.Tooltip(name, title=say(*words)) for name, words in fields.items()]


def tabulate_status(counts: pd.DataFrame) -> pd.DataFrame:
    """Return the same numbers as a table: a row per article, a column per status."""
    order = counts.drop_duplicates("label").sort_values("order")["label"]
    table = counts.pivot_table(
        index="article", columns="label", values="count", aggfunc="sum", fill_value=0
    )
    return table.reindex(columns=list(order)).reset_index()


def draw_heat(heat: pd.DataFrame, language: Language) -> alt.LayerChart:
    """Draw the share of unbacked claims by mechanism and article, the numbers in the cells.

    Args:
        heat: What ``views.view_heat`` returns.
        language: Of the tooltips.

    Returns:
        The chart.
    """
    mechanisms = list(dict.fromkeys(heat["mechanism"]))
    articles = list(dict.fromkeys(heat["article"]))
    header = 5 + 13 * max(len(article.split()) - 1 for article in articles)
    base = alt.Chart(heat).encode(
        y=alt.Y(
            "mechanism:N",
            sort=mechanisms,
            title=None,
            scale=alt.Scale(paddingInner=0.08),
            axis=alt.Axis(labelLimit=190, labelOverlap=False, labelFlush=False),
        ),
        x=alt.X(
            "article:N",
            sort=articles,
            title=None,
            scale=alt.Scale(paddingInner=0.02),
            # A word per line, so that the names fit on a phone too; lines grow downwards, so the
            # longest name decides how far above the cells they start.
            axis=alt.Axis(
                orient="top",
                labelAngle=0,
                labelExpr="split(datum.label, ' ')",
                labelPadding=header,
            ),
        ),
    )
    cells = base.mark_rect().encode(
        color=alt.Color(
            "share:Q",
            scale=alt.Scale(domain=[0, 1], range=["#EAF3EF", "#F6D9A8", "#B5402A"]),
            legend=alt.Legend(
                title=say("overview.share", language),
                format="%",
                orient="bottom",
                gradientLength=110,
                tickCount=2,
            ),
        ),
        tooltip=_tooltips(
            mechanism=("common.mechanism", language),
            article=("common.article", language),
            unbacked=("overview.share", language),
            total=("common.claims", language),
        ),
    )
    numbers = base.mark_text(fontSize=12).encode(
        text="text:N",
        color=alt.condition(alt.datum.share > 0.75, alt.value("#ffffff"), alt.value("#1d2a2e")),
    )
    chart: alt.LayerChart = (cells + numbers).properties(
        # The height is that of the whole drawing: names above and legend below count too.
        height=_CELL_HEIGHT * len(mechanisms) + header + _LEGEND_HEIGHT,
        width="container",
    )
    return chart


def tabulate_heat(heat: pd.DataFrame) -> pd.DataFrame:
    """Return the same numbers as a table: a row per mechanism, a column per article."""
    order = list(dict.fromkeys(heat["mechanism"]))
    table = heat.pivot_table(
        index="mechanism", columns="article", values="text", aggfunc="first", fill_value=""
    )
    return table.reindex(order).reset_index()
