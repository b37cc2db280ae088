"""A whole guide as one file: front matter in TOML, then one "# key" per section, in the order of the page.

+++
career = "medical-coder"
note = "First version"
+++

# what-it-is

A medical coder reads …
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from careers.guides.text import FENCE
from careers.vocab import PARTS

SHIPPED: Final = Path(__file__).parents[1] / "starter" / "guides"
FRONT: Final = re.compile(r"\+\+\+\n(.*?)\n\+\+\+(?:\n|$)", re.DOTALL)
OPENING: Final = re.compile(r"#(?!#)[ \t]*(\S.*?)[ \t]*")


@dataclass(frozen=True, slots=True)
class GuideFile:
    """A guide as its file has it: slug of the career, key of section -> text, and what is wrong with its form."""

    career: str
    note: str
    sections: dict[str, str]
    digest: str
    errors: tuple[str, ...] = ()


@dataclass(slots=True)
class _Sections:
    texts: dict[str, list[str]] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)

    def open(self, key: str, line: int) -> None:
        order = list(PARTS)
        if key not in PARTS:
            self.errors.append(f"line {line}: “{key}” is no section; see docs/guides.md")
        elif key in self.texts:
            self.errors.append(f"line {line}: “{key}” stands there twice")
        elif any(order.index(key) < order.index(other) for other in self.texts if other in PARTS):
            self.errors.append(f"line {line}: “{key}” stands too late; keep the order of docs/guides.md")
        self.texts.setdefault(key, [])


def shipped_files() -> list[Path]:
    """The guides that the product ships with."""
    return sorted(SHIPPED.glob("*.md"))


def read_file(path: Path) -> GuideFile:
    """The guide in a file. A file that cannot be read as one has its reasons in `errors`."""
    try:
        text = path.read_bytes().decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        return GuideFile(path.stem, "", {}, "", (f"byte {error.start}: not UTF-8",))
    return read_text(text, path.stem)


def read_text(text: str, slug: str) -> GuideFile:
    """The same of a text; `slug` is the name of the file, which must be the career's."""
    errors: list[str] = []
    front: dict[str, Any] = {}
    match = FRONT.match(text)
    if match:
        try:
            front = tomllib.loads(match[1])
        except tomllib.TOMLDecodeError as error:
            errors.append(f"front matter: {error}")
    else:
        errors.append("line 1: the file must begin with front matter between two lines +++")
    if front.get("career") != slug and not errors:
        errors.append(f"front matter: career must be “{slug}”, as the file is named")
    start = match.end() if match else 0
    sections = _sections(text[start:], text[:start].count("\n") + 1)
    return GuideFile(
        career=slug,
        note=str(front.get("note", "")),
        sections={key: "\n".join(lines).strip() for key, lines in sections.texts.items() if key in PARTS},
        digest=hashlib.sha256(text.encode()).hexdigest(),
        errors=(*errors, *sections.errors),
    )


def _sections(body: str, first_line: int) -> _Sections:
    found, key, fence = _Sections(), "", ""
    for number, line in enumerate(body.split("\n"), first_line):
        mark = FENCE.match(line)
        if mark and (not fence or line.strip().startswith(fence)):
            fence = "" if fence else mark[1]
        opened = None if fence else OPENING.fullmatch(line)
        if opened:
            key = opened[1]
            found.open(key, number)
        elif key:
            found.texts[key].append(line)
        elif line.strip():
            found.errors.append(f"line {number}: text before the first section")
    return found


def write_text(career: str, note: str, sections: dict[str, str]) -> str:
    """The file of a guide: what `read_text` reads back."""
    front = f"+++\ncareer = {_quoted(career)}\nnote = {_quoted(note)}\n+++\n"
    return front + "".join(f"\n# {key}\n\n{sections[key].strip()}\n" for key in PARTS if sections.get(key, "").strip())


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ") + '"'
