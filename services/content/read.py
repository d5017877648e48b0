"""Read content files. A mistake is told with the file, the key, and what was expected there."""

from collections.abc import Hashable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, TypeAdapter, ValidationError

from services.content.forms import MunicipalityFile, OwnTextFile, PhraseText, TopicFile
from services.errors import ContentError

PHRASES: TypeAdapter[dict[str, PhraseText]] = TypeAdapter(dict[str, PhraseText])


@dataclass(frozen=True)
class Content:
    """All that ships as a start."""

    topics: tuple[TopicFile, ...]
    municipalities: tuple[MunicipalityFile, ...]
    phrases: dict[str, PhraseText]
    own: tuple[tuple[str, OwnTextFile], ...] = ()
    """Texts of municipalities themselves, each with the slug of its municipality."""


def read_content(folder: Path) -> Content:
    """Everything under `folder`. Raises ContentError with all files that do not fit, not just the first."""
    if not folder.is_dir():
        raise ContentError(f"There is no content folder {folder}.")
    wrong: list[str] = []
    topics = [_read_topic(path, wrong) for path in sorted(folder.glob("topics/*/*.yaml"))]
    towns = [_read(path, MunicipalityFile, wrong) for path in sorted(folder.glob("municipalities/*.yaml"))]
    phrases = _read_phrases(folder, wrong)
    own = [(path.parent.name, _read(path, OwnTextFile, wrong)) for path in sorted(folder.glob("own/*/*.yaml"))]
    if wrong:
        raise ContentError("\n".join(wrong))
    found = tuple((slug, text) for slug, text in own if text)
    return Content(tuple(t for t in topics if t), tuple(t for t in towns if t), phrases, found)


class OneOfEach(yaml.CSafeLoader):
    """A key that stands twice is refused: the usual loader silently keeps the last."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if key.value in seen:
                raise yaml.constructor.ConstructorError(None, None, f"{key.value}: stands twice", key.start_mark)
            seen.add(key.value)
        return super().construct_mapping(node, deep)


def _load(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), OneOfEach)  # noqa: S506  a safe one


def _read[F: BaseModel](path: Path, form: type[F], wrong: list[str]) -> F | None:
    try:
        return form.model_validate(_load(path))
    except (ValueError, yaml.YAMLError) as error:
        wrong.extend(_told(path, error))
        return None


def _read_topic(path: Path, wrong: list[str]) -> TopicFile | None:
    """The name of the file is the id, and that of its folder the section."""
    topic = _read(path, TopicFile, wrong)
    if topic is not None:
        for key, told, name in (("id", topic.id, path.stem), ("section", topic.section, path.parent.name)):
            if told != name:
                wrong.append(f"{path.name}: {key}: is '{told}', but the file stands under '{name}'")
    return topic


def _read_phrases(folder: Path, wrong: list[str]) -> dict[str, PhraseText]:
    phrases: dict[str, PhraseText] = {}
    for path in sorted(folder.glob("phrases/*.yaml")):
        try:
            found = PHRASES.validate_python(_load(path) or {})
        except (ValueError, yaml.YAMLError) as error:
            wrong.extend(_told(path, error))
            continue
        wrong.extend(f"{path.name}: {key}: already stands in another file" for key in found.keys() & phrases.keys())
        phrases |= found
    return phrases


def _told(path: Path, error: ValueError | yaml.YAMLError) -> list[str]:
    if not isinstance(error, ValidationError):
        return [f"{path.name}: {' '.join(str(error).split())}"]
    return [f"{path.name}: {'.'.join(str(p) for p in e['loc']) or 'file'}: {e['msg']}" for e in error.errors()]
