"""The documentation site, built by ``make docs``; nothing is fetched while it is built or read."""

import sim

project = "escalation-game"
author = "the escalation-game developers"
release = sim.__version__

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "sphinx.ext.viewcode"]
source_suffix = {".md": "markdown"}
exclude_patterns = ["**/.*"]
myst_heading_anchors = 4
myst_enable_extensions = ["deflist", "colon_fence"]
suppress_warnings = ["myst.header", "misc.highlighting_failure"]
nitpicky = False

html_theme = "furo"
html_title = "When two states trade strikes"
html_static_path: list[str] = []
html_copy_source = False

autodoc_typehints = "description"
autodoc_member_order = "bysource"
