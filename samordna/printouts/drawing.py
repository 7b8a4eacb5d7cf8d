"""Sets a document with Typst, in this process: data goes in as JSON and is never read as markup."""

import json
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import cast

import typst

from samordna.printouts.coverage import FONTS, printable

Tree = str | bool | None | list["Tree"] | dict[str, "Tree"]


class NotDrawn(Exception):
    """The document could not be set. The message is Typst's own and holds none of the data."""


@cache
def _fonts() -> typst.Fonts:
    # Only what is shipped, so that a print looks the same on every machine.
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])


def draw(template: Path, texts: Tree, *, at: datetime) -> bytes:
    """The PDF. The same texts and moment give the same bytes. Raises `NotDrawn`."""
    compiler = typst.Compiler(
        template,
        root=template.parent,
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(texts, ensure_ascii=False)},
    )
    try:
        # Archivable and accessible, as far as Typst itself checks it.
        pdf = compiler.compile(format="pdf", pdf_standards=["a-2a", "ua-1"], timestamp=int(at.timestamp()))
    except typst.TypstError as error:
        raise NotDrawn(error.message) from error
    if not isinstance(pdf, bytes):
        raise NotDrawn("no single document")
    return pdf


def all_printable(tree: Tree) -> Tree:
    """The same texts, each sign that no font draws as its number."""
    if isinstance(tree, str):
        return printable(tree)
    if isinstance(tree, list):
        return [all_printable(branch) for branch in tree]
    if isinstance(tree, dict):
        return {name: all_printable(branch) for name, branch in cast("Mapping[str, Tree]", tree).items()}
    return tree
