"""Every kind of mistake in a content file is told with the file and the key."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from services.content.read import read_content
from services.errors import ContentError


def topic_file(**other: Any) -> dict[str, Any]:
    answer = {
        "valid_from": "2026-01-01", "valid_to": None, "checked_on": "2026-11-22", "checked_by": "redactie",
        "sources": [{"text": "artikel 34", "url": "https://wetten.overheid.nl/BWBR0015703/"}],
        "nl": {"answer": "Dat mag."},
    }  # fmt: skip
    file = {
        "id": "car", "kind": "faq", "section": "vermogen", "certainty": "S", "question": {"nl": "Mag ik een auto?"},
        "label": {"nl": "Auto"}, "answers": [answer], "examples": {"nl": ["auto"]},
    }  # fmt: skip
    return file | other


def answer(**other: Any) -> dict[str, Any]:
    return dict(topic_file()["answers"][0] | other)


def write(folder: Path, name: str, content: Any) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content if isinstance(content, str) else yaml.safe_dump(content), encoding="utf-8")


def faults_of(folder: Path) -> str:
    with pytest.raises(ContentError) as wrong:
        read_content(folder)
    return str(wrong.value)


def test_what_fits_is_read(tmp_path: Path) -> None:
    write(tmp_path, "topics/vermogen/car.yaml", topic_file())
    write(tmp_path, "municipalities/stad.yaml", {"slug": "stad", "name": "Stad"})
    write(tmp_path, "phrases/chat.yaml", {"welcome": {"nl": "Hallo"}})
    content = read_content(tmp_path)

    assert [topic.id for topic in content.topics] == ["car"]
    assert [town.slug for town in content.municipalities] == ["stad"]
    assert content.phrases["welcome"].nl == "Hallo"


@pytest.mark.parametrize(
    ("key", "file"),
    [
        ("kind", topic_file(kind="vraag")),
        ("certainty", topic_file(certainty="X")),
        ("labels", topic_file(labels={"nl": "Auto"})),
        ("label.nl", topic_file(label={"nl": "Een opschrift dat niet op een knop past"})),
        ("question.nl", topic_file(question={"en": "May I have a car?"})),
        ("follow_up", topic_file(follow_up=["a", "b", "c", "d"])),
        ("follow_up.0", topic_file(follow_up=["Geen Naam"])),
        ("answers", topic_file(answers=[])),
        ("answers.0.valid_from", topic_file(answers=[answer(valid_from="ooit")])),
        ("answers.0.nl", topic_file(answers=[answer(nl=None)])),
        ("answers.0.nl.answr", topic_file(answers=[answer(nl={"answr": "Dat mag."})])),
        ("answers.0.sources.0.url", topic_file(answers=[answer(sources=[{"text": "wet", "url": "hier"}])])),
        ("answers.0: Value error, valid_to lies before", topic_file(answers=[answer(valid_to="2025-01-01")])),
        ("overlaps the one before", topic_file(answers=[answer(), answer(valid_from="2027-01-01")])),
        ("examples.nl.0", topic_file(examples={"nl": [""]})),
        ("id: is 'bike'", topic_file(id="bike")),
        ("section: is 'werk'", topic_file(section="werk")),
        ("line 2, column 1", "id: car\n: [\n"),
        ("id: stands twice", "id: car\nid: bike\n"),
        ("day is out of range", "id: car\nvalid_from: 2026-02-30\n"),
        ("file: Input should be a valid dictionary", "- een lijst\n"),
    ],
)
def test_a_mistake_in_a_topic_is_told_with_file_and_key(tmp_path: Path, key: str, file: Any) -> None:
    write(tmp_path, "topics/vermogen/car.yaml", file)
    told = faults_of(tmp_path)

    assert told.startswith("car.yaml: ")
    assert key in told


@pytest.mark.parametrize(
    ("key", "file"),
    [
        ("slug", {"slug": "Stad", "name": "Stad"}),
        ("name", {"slug": "stad"}),
        ("colour", {"slug": "stad", "name": "Stad", "colour": "rood"}),
        ("contact.fax", {"slug": "stad", "name": "Stad", "contact": {"fax": "1"}}),
        ("address_form", {"slug": "stad", "name": "Stad", "address_form": "gij"}),
    ],
)
def test_a_mistake_in_a_municipality_is_told_with_file_and_key(tmp_path: Path, key: str, file: Any) -> None:
    write(tmp_path, "municipalities/stad.yaml", file)

    assert faults_of(tmp_path).startswith(f"stad.yaml: {key}")


def test_a_mistake_in_a_phrase_is_told_with_file_and_key(tmp_path: Path) -> None:
    write(tmp_path, "phrases/chat.yaml", {"welcome": {"en": "Hello"}})
    write(tmp_path, "phrases/page.yaml", "send: {nl: Verstuur}\nsend: {nl: Stuur}\n")
    told = faults_of(tmp_path)

    assert "chat.yaml: welcome.nl: Field required" in told
    assert "page.yaml" in told
    assert "send: stands twice" in told


def test_a_phrase_in_two_files_is_told(tmp_path: Path) -> None:
    for name in ("chat", "page"):
        write(tmp_path, f"phrases/{name}.yaml", {"send": {"nl": "Verstuur"}})

    assert faults_of(tmp_path) == "page.yaml: send: already stands in another file"


def test_all_files_with_mistakes_are_told_at_once(tmp_path: Path) -> None:
    write(tmp_path, "topics/vermogen/car.yaml", topic_file(kind="vraag"))
    write(tmp_path, "topics/werk/job.yaml", "niets\n")
    (tmp_path / "phrases").mkdir()
    (tmp_path / "phrases" / "chat.yaml").write_bytes(b"\xff\xfe")

    assert {line.split(":")[0] for line in faults_of(tmp_path).splitlines()} == {"car.yaml", "job.yaml", "chat.yaml"}


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    assert "There is no content folder" in faults_of(tmp_path / "weg")
