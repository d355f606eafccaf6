"""`picture`: an answer as a picture, in a notebook, a file or a page, with the table that says the same."""

from __future__ import annotations

import html
from dataclasses import dataclass
from pathlib import Path

from klantreis.analyses.result import Result
from klantreis.exporters.svg import ThemeChoice, svg
from klantreis.kinds import held
from klantreis.labels import Language
from klantreis.language import language as spoken
from klantreis.map.model import JourneyMap
from klantreis.scenes.model import Scene
from klantreis.scenes.pictured import result_scene


@dataclass(frozen=True, slots=True)
class Picture:
    """A scene that shows itself in a notebook, and saves itself as SVG."""

    scene: Scene

    def __repr__(self) -> str:
        return f"Picture: {self.scene.title}, {self.scene.width:g} by {self.scene.height:g}"

    def svg(self, theme: ThemeChoice = "light") -> str:
        """Returns the picture as a self-contained SVG."""
        return svg(self.scene, theme=theme)

    def save(self, path: str | Path, theme: ThemeChoice = "light") -> Path:
        """Writes the picture as SVG and returns where."""
        file = Path(path)
        file.write_text(self.svg(theme), encoding="utf-8")
        return file

    def _repr_html_(self) -> str:
        table = self.scene.table
        head = "".join(f"<th scope='col'>{html.escape(word)}</th>" for word in table.header) if table else ""
        rows = ["".join(f"<td>{html.escape(cell)}</td>" for cell in row) for row in (table.rows if table else ())]
        twin = f"<details><summary>{html.escape(table.caption)}</summary><table><tr>{head}</tr>" if table else ""
        return self.svg() + twin + "".join(f"<tr>{row}</tr>" for row in rows) + ("</table></details>" if table else "")


@held
def picture(
    result: Result, *, map_: JourneyMap | None = None, language: Language | None = None, width: float = 960
) -> Picture:
    """Returns a Result as a picture; `map_` gives the words for its ids.

    `language`: 'nl' or 'en'; None: that of KLANTREIS_LANGUAGE, else of the machine.

    Raises OptionError for a Result that has no picture.
    """
    return Picture(result_scene(result, language=spoken(language), map_=map_, width=width))
