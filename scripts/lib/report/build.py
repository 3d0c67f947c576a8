"""From a result to the page."""

from . import (section_answer, section_assume, section_bearers, section_decide, section_drivers, section_fail, section_join,
               section_odds, section_points, section_quality, section_size, section_tables, section_time)
from .page import Numbering, page
from .words import text


def _sections(result, pool, calibration):
    number = Numbering()
    plan = [
        ("answer", "The answer", section_answer.build),
        *([("points", "Across the sweep", section_points.build)] if result.points else []),
        ("side", "Side by side", section_tables.side),
        ("paired", "Every difference", section_tables.paired),
        ("odds", "How likely", section_odds.build),
        ("time", "Over time", section_time.build),
        ("bearers", "Who holds the loss", section_bearers.build),
        ("size", "How big", lambda r, n: section_size.build(r, n, pool)),
        ("fail", "Closures and cascades", section_fail.build),
        ("join", "Winners and losers", section_join.build),
        ("drivers", "What drives it", section_drivers.build),
        ("decide", "Price and information", section_decide.build),
        ("assume", "What was put in", section_assume.build),
        ("quality", "Can it be trusted", lambda r, n: section_quality.build(r, n, pool, calibration)),
        ("words", "Words", section_quality.glossary),
    ]
    return [(name, title, make(result, number)) for name, title, make in plan]


def build(result, pool=None, calibration=None):
    """The page's text; the same file gives the same bytes."""
    foot = (f"<p>Made from a result of Headroom {text(result.text('engine_version'))}, content hash "
            f"{text(result.text('content_hash'))}. Contains public sector information licensed under the Open Government "
            "Licence v3.0.</p>")
    return page(f"{result.text('title')}: Headroom report", section_answer.head(result), _sections(result, pool, calibration), foot)
