"""A page that says it all: one HTML file that works from a disk, asks the network for nothing and runs no script.

``report`` lays out ``Section``s; the rest makes their parts. Every text is escaped where it enters, whoever wrote it, and
only what these functions return may be put into a section.
"""

import html
import re
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from string import Template
from typing import NamedTuple

PAGE = Path(__file__).parent / "templates" / "report.html"
SHORT = 24  # characters up to which a cell is kept on one line


class Section(NamedTuple):
    """A part of a report."""

    name: str  # for links to it
    heading: str
    parts: list[str]  # HTML, from the functions below


def report(title: str, kicker: str, sections: Sequence[Section]) -> str:
    """The page: ``title``, a line above it, and the sections in order."""
    links = " ".join(f'<a href="#{_name(one.name)}">{_text(one.heading)}</a>' for one in sections)
    body = "\n".join(
        f'<section id="{_name(one.name)}">\n<h2>{_text(one.heading)}</h2>\n{chr(10).join(one.parts)}\n</section>'
        for one in sections
    )
    page = Template(PAGE.read_text(encoding="utf-8"))
    return page.substitute(title=_text(title), kicker=_text(kicker), links=links, sections=body)


def paragraphs(texts: Iterable[str], kind: str = "") -> str:
    """A paragraph each, in a block of the given kind ("answer", "small")."""
    inner = "\n".join(f"<p>{_text(text)}</p>" for text in texts)
    return f'<div class="{kind}">\n{inner}\n</div>' if kind else inner


def bullets(texts: Iterable[str]) -> str:
    """A list."""
    return "<ul>\n" + "\n".join(f"<li>{_text(text)}</li>" for text in texts) + "\n</ul>"


def subheading(text: str) -> str:
    """A heading within a section."""
    return f"<h3>{_text(text)}</h3>"


def table(rows: Iterable[Iterable[object]], caption: str = "", grey: Collection[int] = ()) -> str:
    """A table that scrolls by itself where the page is narrow: ``rows`` of texts, the first the head; ``grey`` by number."""
    head, *body = [[str(cell) for cell in row] for row in rows]
    lines = "\n".join(_row(cells, i in grey) for i, cells in enumerate(body))
    top = "".join(f'<th scope="col">{_text(cell)}</th>' for cell in head)
    above = f'<p class="small above">{_text(caption)}</p>\n' if caption else ""  # not a caption, which would scroll away
    return (
        f'{above}<div class="scroll" tabindex="0"><table><thead><tr>{top}</tr></thead><tbody>\n{lines}\n</tbody></table></div>'
    )


def _row(cells, grey):
    """One row of a table."""
    kinds = ["short" if len(cell) <= SHORT else "long" for cell in cells]
    inner = "".join(f'<td class="{kind}">{_text(cell)}</td>' for kind, cell in zip(kinds, cells, strict=True))
    return f'<tr class="grey">{inner}</tr>' if grey else f"<tr>{inner}</tr>"


def figure(svg: str, name: str, caption: str) -> str:
    """A figure from the text of an SVG file, drawn in the page itself; it scrolls by itself where the page is narrow."""
    drawing = f'<div class="scroll" tabindex="0">{inlined(svg, name, caption)}</div>'
    return f'<figure id="{_name(name)}">{drawing}<figcaption>{_text(caption)}</figcaption></figure>'


def inlined(svg: str, name: str, caption: str) -> str:
    """An SVG file as a part of a page: no prolog, no metadata, its identifiers and its style kept to itself."""
    drawing = svg[svg.index("<svg") :]
    drawing = re.sub(r"<metadata>.*?</metadata>", "", drawing, flags=re.DOTALL)
    mark = f"{_name(name)}-"
    drawing = re.sub(r'\bid="([^"]*)"', rf'id="{mark}\1"', drawing)
    drawing = re.sub(r'href="#([^"]*)"', rf'href="#{mark}\1"', drawing)
    drawing = re.sub(r"url\(#([^)]*)\)", rf"url(#{mark}\1)", drawing)
    drawing = drawing.replace("*{stroke", f"#{mark}figure_1 *{{stroke")
    label = html.escape(caption, quote=True)
    return drawing.replace("<svg", f'<svg role="img" aria-label="{label}"', 1)


def folded(summary: str, inner: str) -> str:
    """What is only shown when asked for."""
    return f"<details><summary>{_text(summary)}</summary>\n{inner}\n</details>"


def code(text: str) -> str:
    """What one types."""
    return f"<pre><code>{_text(text)}</code></pre>"


def _text(text: object) -> str:
    return html.escape(str(text), quote=True)


def _name(text):
    """A name for links and identifiers."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-") or "part"
