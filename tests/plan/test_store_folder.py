"""A plan folder appears whole or not at all, whatever happens while it is written."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from gigaplan.plan.folder import check_folder, whole_folder
from gigaplan.terms.errors import InputError

MANIFEST = '{"format_version": 1, "gigaplan_version": "0"}'


def fill(making: Path, mark: str) -> None:
    """Write what passes for a plan."""
    (making / "tables").mkdir()
    (making / "tables" / "load.parquet").write_bytes(mark.encode())
    (making / "manifest.json").write_text(MANIFEST, encoding="utf-8")


def save(folder: Path, mark: str = "new", *, force: bool = False) -> None:
    with whole_folder(folder, force=force) as making:
        assert not (folder / "tables").exists() or force
        fill(making, mark)


def mark_of(folder: Path) -> str:
    return (folder / "tables" / "load.parquet").read_text(encoding="utf-8")


def failing(number: int) -> Callable[..., None]:
    """Return a function that fails as the system does."""

    def fail(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    return fail


def test_the_folder_appears_with_everything_in_it(tmp_path: Path) -> None:
    save(tmp_path / "a" / "b" / "plan")
    assert mark_of(tmp_path / "a" / "b" / "plan") == "new"
    assert [path.name for path in (tmp_path / "a" / "b").iterdir()] == ["plan"]


def test_an_empty_folder_and_one_behind_a_link_are_filled(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    save(tmp_path / "empty")
    assert mark_of(tmp_path / "empty") == "new"
    (tmp_path / "far").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "far", target_is_directory=True)
    save(tmp_path / "link")
    assert (tmp_path / "link").is_symlink()
    assert mark_of(tmp_path / "far") == "new"


def test_a_plan_is_replaced_only_by_force(tmp_path: Path) -> None:
    folder = tmp_path / "plan"
    save(folder, "old")
    with pytest.raises(InputError, match="There is a plan already. Replace it with --force"):
        save(folder)
    assert mark_of(folder) == "old"
    save(folder, "new", force=True)
    assert mark_of(folder) == "new"
    assert [path.name for path in tmp_path.iterdir()] == ["plan"]


def test_what_is_no_plan_is_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(InputError, match=r"it is no plan \(it holds notes.txt\)"):
        save(tmp_path, force=True)
    (tmp_path / "manifest.json").write_text('{"name": "a web page"}', encoding="utf-8")
    with pytest.raises(InputError, match="it is no plan"):
        save(tmp_path, force=True)
    with pytest.raises(InputError, match="It is a file, not a folder"):
        save(tmp_path / "notes.txt", force=True)
    with pytest.raises(InputError, match="notes.txt is a file, not a folder"):
        save(tmp_path / "notes.txt" / "plan", force=True)
    assert (tmp_path / "notes.txt").read_text(encoding="utf-8") == "mine"


def test_a_plan_with_files_of_the_user_beside_it_is_not_replaced(tmp_path: Path) -> None:
    folder = tmp_path / "plan"
    save(folder, "old")
    (folder / "notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(InputError, match=r"Beside the plan it holds notes.txt, which replacing"):
        save(folder, force=True)
    assert mark_of(folder) == "old"


def test_a_link_that_leads_nowhere_is_refused(tmp_path: Path) -> None:
    (tmp_path / "plan").symlink_to(tmp_path / "gone")
    with pytest.raises(InputError, match="It is a file, not a folder"):
        check_folder(tmp_path / "plan", force=False)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "The disk is full. Free some space"),
        (errno.EDQUOT, "The disk is full. Free some space"),
        (errno.EROFS, "The disk is read-only. Choose a place on another disk"),
        (errno.EACCES, "Writing there is not allowed"),
        (errno.EPERM, "Writing there is not allowed"),
        (errno.EIO, "Input/output error. Choose another place"),
    ],
)
@pytest.mark.parametrize("step", ["mkdir", "write_bytes", "write_text", "rename"])
@pytest.mark.parametrize("replaced", [False, True], ids=["new", "replaced"])
def test_a_disk_that_refuses_leaves_everything_as_it_was(
    step: str,
    number: int,
    words: str,
    replaced: bool,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    folder = tmp_path / "new" / "plan"
    if replaced:
        save(folder, "old")
    with monkeypatch.context() as broken:
        broken.setattr(Path, step, failing(number))
        with pytest.raises(InputError) as caught:
            save(folder, force=True)
    assert words in str(caught.value)
    assert f"{folder} cannot be written; nothing was left there." in str(caught.value)
    if replaced:
        assert mark_of(folder) == "old"
        assert [path.name for path in folder.parent.iterdir()] == ["plan"]
    else:
        assert list(tmp_path.iterdir()) == []


def test_a_disk_that_fills_only_when_it_is_synced_is_told_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "fsync", failing(errno.ENOSPC))
    with pytest.raises(InputError, match="The disk is full"):
        save(tmp_path / "plan")
    assert list(tmp_path.iterdir()) == []


def test_the_old_plan_comes_back_when_the_new_one_cannot_take_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "plan"
    save(folder, "old")
    rename = Path.rename

    def second_fails(self: Path, target: Path) -> Path:
        if self.name.endswith(".making"):
            raise OSError(errno.EIO, "Input/output error")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", second_fails)
    with pytest.raises(InputError, match="Input/output error"):
        save(folder, force=True)
    assert mark_of(folder) == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["plan"]


@pytest.mark.parametrize("error", [KeyboardInterrupt, ValueError, BrokenPipeError])
def test_an_end_of_another_kind_passes_and_leaves_nothing(
    error: type[BaseException], tmp_path: Path
) -> None:
    save(tmp_path / "old", "old")

    def interrupted(folder: Path) -> None:
        with whole_folder(folder, force=True) as making:
            fill(making, "new")
            raise error

    for folder in (tmp_path / "deep" / "new", tmp_path / "old"):
        with pytest.raises(error):
            interrupted(folder)
    assert [path.name for path in tmp_path.iterdir()] == ["old"]
    assert mark_of(tmp_path / "old") == "old"


def test_a_folder_where_nothing_can_be_written_is_refused_before_the_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The user of a test may be allowed everything: the answer of the system is played.
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(InputError, match=f"Nothing can be written in {tmp_path}"):
        check_folder(tmp_path / "plan", force=False)
    (tmp_path / "there").mkdir()
    with pytest.raises(InputError, match=f"Nothing can be written in {tmp_path}"):
        check_folder(tmp_path / "there", force=False)
