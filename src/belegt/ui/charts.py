"""The charts: each says with words, numbers or shapes what it says with colour."""

from typing import Any, Final

import altair as alt
import pandas as pd

from belegt.ui.words import say
from belegt.vocabulary import VERDICTS, Language, render_label

#: How a claim stands. Distinguishable without colour vision too, and close to the badges (after
#: Okabe & Ito, "Color Universal Design", 2008).
OUTCOME_COLORS: Final = {
    "supported": "#0B7A5B",
    "partly": "#0072B2",
    "mixed": "#C77F00",
    "not supported": "#C8532B",
    "contradicted": "#D81B60",
    "not checked": "#6B7A80",
    "unidentified": "#E69F00",
    "attributed": "#8E6BBF",
    "uncited": "#A9A29A",
}
#: Colour and shape of a verdict: the shape alone tells them apart in print.
VERDICT_MARKS: Final = {
    "supports": ("#0B7A5B", "circle"),
    "partly supports": ("#0072B2", "diamond"),
    "does not support": ("#C8532B", "square"),
    "contradicts": ("#D81B60", "cross"),
    "background": ("#6B7A80", "triangle-down"),
    "not checked": ("#A9A29A", "triangle-right"),
}
_BAR_HEIGHT: Final = 26
_CELL_HEIGHT: Final = 20
_LEGEND_HEIGHT: Final = 122
_ROW_HEIGHT: Final = 22
_LEGEND_ROW: Final = 30
_EVIDENCE_MARGIN: Final = 62


def draw_outcome_bars(
    counts: pd.DataFrame, article: str, language: Language, ink: str
) -> alt.LayerChart:
    """Draw a bar for each way the claims of one article stand, with its name and number.

    Args:
        counts: What ``views.view_outcomes_by_article`` returns; all articles share one scale.
        article: The article's short title.
        language: Of the axis.
        ink: Colour of the numbers, as the page's theme needs it.

    Returns:
        The chart.
    """
    labels = list(counts.drop_duplicates("label").sort_values("order")["label"])
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
            "outcome:N",
            scale=alt.Scale(domain=list(OUTCOME_COLORS), range=list(OUTCOME_COLORS.values())),
            legend=None,
        ),
        tooltip=_tooltips(
            label=("common.outcome", language),
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


def tabulate_outcomes(counts: pd.DataFrame, language: Language) -> pd.DataFrame:
    """Return the same numbers as a table: a row per article, a column per way to stand."""
    order = counts.drop_duplicates("label").sort_values("order")["label"]
    table = counts.pivot_table(
        index="article", columns="label", values="count", aggfunc="sum", fill_value=0
    )
    table = table.reindex(columns=list(order)).reset_index()
    return table.rename(columns={"article": say("common.article", language)})


def draw_heat(heat: pd.DataFrame, language: Language) -> alt.LayerChart:
    """Draw the share of unbacked claims by mechanism and article, the numbers in the cells.

    Args:
        heat: The cells that ``views.view_heat`` returns.
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
            scale=alt.Scale(domain=[0, 1], range=["#EAF3EF", "#F6D9A8", "#E0805F"]),
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
    # Light enough, all of them, for dark numbers: between white and dark ones none could be read.
    numbers = base.mark_text(fontSize=12, color="#1d2a2e").encode(text="text:N")
    chart: alt.LayerChart = (cells + numbers).properties(
        # The height is that of the whole drawing: names above and legend below count too.
        height=_CELL_HEIGHT * len(mechanisms) + header + _LEGEND_HEIGHT,
        width="container",
    )
    return chart


def tabulate_heat(heat: pd.DataFrame, language: Language) -> pd.DataFrame:
    """Return the same numbers as a table: a row per mechanism, a column per article."""
    order = list(dict.fromkeys(heat["mechanism"]))
    table = heat.pivot_table(
        index="mechanism", columns="article", values="text", aggfunc="first", fill_value=""
    )
    table = table.reindex(order).reset_index()
    return table.rename(columns={"mechanism": say("common.mechanism", language)})


def draw_evidence(evidence: pd.DataFrame, language: Language, ink: str) -> alt.LayerChart:
    """Draw sources by design and year, coloured and shaped by what they say.

    Args:
        evidence: What ``views.view_evidence`` returns; only rows to be ``drawn``.
        language: Of legend and tooltips.
        ink: Colour of the names, as the page's theme needs it.

    Returns:
        The chart: a row per source, the design named before the first of its kind, filled marks
        for what articles cite, hollow ones for what we suggest.
    """
    dated = evidence[evidence["drawn"]].reset_index(drop=True)
    first = ~dated["design_label"].duplicated()
    drawn = dated.assign(
        # The row's number keeps rows apart, what follows it is the axis label.
        row=[
            f"{number:04d}|{label if shown else ''}"
            for number, (label, shown) in enumerate(zip(dated["design_label"], first, strict=True))
        ],
        text=[
            f"{name} ({count})" if count > 1 else name
            for name, count in zip(dated["name"], dated["claims"], strict=True)
        ],
    )
    earliest, latest = int(drawn["year"].min()), int(drawn["year"].max())
    middle = (earliest + latest) / 2
    pad = max(1, (latest - earliest) // 8)
    used = [verdict for verdict in VERDICT_MARKS if verdict in set(drawn["verdict"])]
    labels = [render_label(VERDICTS, verdict, language) for verdict in used]
    marks = [VERDICT_MARKS[verdict] for verdict in used]
    legend = alt.Legend(title=say("source.verdict", language), orient="bottom", columns=1)
    # Layers without data of their own: else each would copy, and check, the same rows. The rows
    # begin with their number, so that their order is that of the alphabet.
    base = alt.Chart().encode(
        y=alt.Y(
            "row:N",
            title=None,
            axis=alt.Axis(
                labelExpr="replace(datum.label, regexp('^[0-9]+[|]'), '')",
                labelLimit=150,
                ticks=False,
                grid=True,
            ),
        ),
        x=alt.X(
            "year:Q",
            title=None,
            scale=alt.Scale(domain=[earliest - pad, latest + pad], nice=False),
            axis=alt.Axis(format="d", tickMinStep=1, tickCount=6),
        ),
    )
    encoded = {
        "color": alt.Color(
            "verdict_label:N",
            scale=alt.Scale(domain=labels, range=[color for color, _ in marks]),
            legend=legend,
        ),
        "shape": alt.Shape(
            "verdict_label:N",
            scale=alt.Scale(domain=labels, range=[shape for _, shape in marks]),
            legend=legend,
        ),
        "tooltip": _tooltips(
            name=("common.source", language),
            year=("common.year", language),
            design_label=("source.design", language),
            verdict_label=("source.verdict_short", language),
            origin_label=("source.origin", language),
            claim_ids=("mechanisms.about", language),
        ),
    }
    # A layer without marks would be a picture without words to a screen reader.
    from_article = drawn["origin"] == "article"
    cited = base.transform_filter("datum.origin == 'article'").mark_point(
        filled=True, size=130, opacity=1, aria=bool(from_article.any())
    )
    suggested = base.transform_filter("datum.origin != 'article'").mark_point(
        filled=False, size=110, strokeWidth=2, opacity=1, aria=not from_article.all()
    )
    left = base.transform_filter(f"datum.year > {middle}").mark_text(
        align="right", dx=-11, fontSize=12, color=ink
    )
    right = base.transform_filter(f"datum.year <= {middle}").mark_text(
        align="left", dx=11, fontSize=12, color=ink
    )
    layers = [
        cited.encode(**encoded),
        suggested.encode(**encoded),
        left.encode(text="text:N"),
        right.encode(text="text:N"),
    ]
    chart: alt.LayerChart = alt.LayerChart(data=drawn, layer=layers).properties(
        # The height is that of the whole drawing: axis and legend below count too.
        height=_ROW_HEIGHT * len(drawn) + _LEGEND_ROW * len(used) + _EVIDENCE_MARGIN,
        width="container",
    )
    return chart
