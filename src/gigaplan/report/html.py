"""One HTML file from modules, style, map, words and data; it needs nothing else."""

from __future__ import annotations

import base64
import html
import json
from collections.abc import Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from gigaplan.report.columns import Json

_FOLDERS = ("app", "charts", "vendor")

_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; \
script-src 'unsafe-inline' data:; style-src 'unsafe-inline'; img-src data:; \
base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="gigaplan {version}">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
<link rel="icon" href="data:,">
<style>
{style}
</style>
<script type="importmap">{imports}</script>
</head>
<body>
<noscript><p class="noscript">This report draws its charts with JavaScript, which is switched \
off. The summary below does not need it.</p></noscript>
<div id="static">
<h1>{title}</h1>
{words}
</div>
<div id="app"></div>
<script type="application/json" id="gp-data">{data}</script>
<script type="application/json" id="gp-map">{map}</script>
<script type="application/json" id="gp-words">{catalogue}</script>
<script type="module">import "gp/app/{page}";</script>
</body>
</html>
"""


def escaped_json(value: Json) -> str:
    r"""Return JSON that can stand inside a script element.

    Examples
    --------
    >>> escaped_json({"name": "</script><!--&"})
    '{"name":"\\u003c/script\\u003e\\u003c!--\\u0026"}'
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text


def page(
    payload: Mapping[str, Json], *, title: str, paragraphs: list[str], app: str, version: str
) -> str:
    """Return the page.

    Parameters
    ----------
    payload
        Data of the page, for the module ``app``.
    title
        Title of the page.
    paragraphs
        Words that stand on the page without JavaScript too.
    app
        Module of the folder ``app`` that draws the page.
    version
        Version of gigaplan that writes the page.
    """
    static = files("gigaplan.report") / "static"
    return _PAGE.format(
        version=html.escape(version),
        title=html.escape(title),
        style=(static / "style.css").read_text(encoding="utf-8"),
        imports=escaped_json({"imports": dict(_modules(static))}),
        words="\n".join(f"<p>{html.escape(text)}</p>" for text in paragraphs),
        data=escaped_json(dict(payload)),
        map=escaped_json(json.loads((static / "maps/us-states.json").read_text(encoding="utf-8"))),
        catalogue=escaped_json(json.loads((static / "i18n/en.json").read_text(encoding="utf-8"))),
        page=app,
    )


def _modules(static: Traversable) -> list[tuple[str, Json]]:
    """Return every module as a data URL by its bare name."""
    found: list[tuple[str, Json]] = []
    for folder in _FOLDERS:
        scripts = (entry for entry in (static / folder).iterdir() if entry.name.endswith(".js"))
        for entry in sorted(scripts, key=lambda one: one.name):
            code = base64.b64encode(entry.read_bytes()).decode("ascii")
            name = f"gp/{folder}/{entry.name.removesuffix('.js')}"
            found.append((name, f"data:text/javascript;base64,{code}"))
    return found


def write_page(path: Path, text: str) -> None:
    """Write a page, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    making = path.with_name(f".{path.name}.making")
    try:
        making.write_text(text, encoding="utf-8")
        making.replace(path)
    finally:
        making.unlink(missing_ok=True)
