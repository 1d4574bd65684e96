import errno
from pathlib import Path

import pytest
from django.core.files.storage import FileSystemStorage, default_storage
from django.http import Http404

from documents.attachments import file_answer, stored_files
from documents.rules.attachments import AttachmentRefused
from tests.files import PDF, PNG, upload


def files_in(folder: str) -> list[Path]:
    root = Path(default_storage.path(folder))
    return [path for path in root.rglob("*") if path.is_file()] if root.exists() else []


def test_a_file_is_stored_under_a_name_of_the_servers_own() -> None:
    with stored_files([upload("../../etc/会议 记录.pdf"), upload("图.png", PNG)], "kept") as stored:
        pass
    assert [(file.name, file.kind, file.size) for file in stored] == [
        ("会议 记录.pdf", "pdf", len(PDF)),
        ("图.png", "png", len(PNG)),
    ]
    assert sorted(path.read_bytes() for path in files_in("kept")) == sorted([PDF, PNG])
    assert all(path.stem.isalnum() and path.stem.isascii() for path in files_in("kept"))


def test_one_bad_file_keeps_all_out() -> None:
    with pytest.raises(AttachmentRefused, match="坏的"), stored_files([upload(), upload("坏的.pdf", b"x")], "kept"):
        pytest.fail("entered")
    assert files_in("kept") == []


def test_what_fails_afterwards_takes_the_files_away_again() -> None:
    with pytest.raises(StopIteration), stored_files([upload()], "kept"):
        next(iter(()))
    assert files_in("kept") == []


@pytest.mark.parametrize(("code", "words"), [(errno.ENOSPC, "空间已满"), (errno.EACCES, "暂时不能保存")])
def test_a_full_folder_is_said_in_words_and_leaves_nothing(monkeypatch, code: int, words: str) -> None:
    saved = FileSystemStorage._save
    names: list[str] = []

    def full_at_the_second(self, name, content):
        names.append(name)
        if len(names) == 2:
            Path(self.path(name)).write_bytes(b"half")
            raise OSError(code, "no")
        return saved(self, name, content)

    monkeypatch.setattr(FileSystemStorage, "_save", full_at_the_second)
    with pytest.raises(AttachmentRefused, match=words), stored_files([upload(), upload("二.pdf")], "kept"):
        pytest.fail("entered")
    assert files_in("kept") == []


@pytest.mark.django_db  # a request that ends looks after connections that other tests have left
def test_a_file_goes_out_under_its_own_name_and_runs_nothing() -> None:
    with stored_files([upload("会议记录“一”.pdf")], "kept") as stored:
        answer = file_answer(stored[0].path, name=stored[0].name, content_type=stored[0].content_type)
    assert answer.getvalue() == PDF
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''%E4%BC%9A")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"].startswith("default-src 'none'")
    answer.close()


def test_a_lost_file_is_not_found() -> None:
    with pytest.raises(Http404):
        file_answer("kept/gone.pdf", name="a.pdf", content_type="application/pdf")
