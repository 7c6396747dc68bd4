"""How Sphinx builds the manual. Needs no network; a warning is an error (see the Makefile)."""

from __future__ import annotations

import sys
from importlib.metadata import version as installed_version
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "_ext"))

project = "gigaplan"
author = "The gigaplan authors"
project_copyright = "The gigaplan authors, Apache-2.0"
release = installed_version("gigaplan")
version = release

extensions = ["myst_nb", "gigaplan_manual"]
exclude_patterns = ["_build", "_ext"]
nitpicky = True

myst_enable_extensions = ["colon_fence", "deflist", "dollarmath", "fieldlist"]
myst_heading_anchors = 3
html_math_renderer = "mathml"

# Pages with code cells run at every build; a cell that raises fails the build.
nb_execution_mode = "force"
nb_execution_raise_on_error = True
nb_execution_timeout = 120
nb_merge_streams = True

html_title = "gigaplan"
html_theme = "pydata_sphinx_theme"
html_static_path = ["_static"]
html_css_files = ["manual.css"]
html_favicon = "_static/favicon.svg"
html_show_sourcelink = False
html_copy_source = False
html_theme_options = {
    "logo": {"text": "gigaplan"},
    "navbar_end": ["theme-switcher"],
    "secondary_sidebar_items": ["page-toc"],
    "footer_start": ["copyright"],
    "footer_end": [],
    "show_prev_next": True,
    "use_edit_page_button": False,
}
