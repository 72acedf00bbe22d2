"""What is served under /assets/: a closed list, kept for good, never anything else."""

from __future__ import annotations

import gzip

import pytest

from core.data.errors import SetupError
from core.ui import assets


def test_every_asset_is_there_after_set_up(face):
    assets.check(face)


@pytest.mark.parametrize("name", sorted(assets.PACKAGE_FILES))
def test_a_package_file_is_served_to_be_kept(face, name):
    with face.test_request_context():
        url = assets.asset_url(name)
    answer = face.test_client().get(url)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.mimetype == ("text/css" if name.endswith(".css") else "text/javascript")
    assert len(answer.data) > 1000


def test_texts_travel_packed_when_the_browser_can_unpack(face):
    with face.test_request_context():
        url = assets.asset_url("zhidu.css")
    client = face.test_client()
    plain, packed = client.get(url), client.get(url, headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data == (assets.STATIC / "zhidu.css").read_bytes()


@pytest.mark.parametrize(
    "path",
    [
        "package.json",
        "@tabler/core/package.json",
        "../assets.py",
        "%2e%2e/assets.py",
        "js/../../assets.py",
        "",
    ],
)
def test_nothing_outside_the_list_is_served(face, path):
    assert face.test_client().get(f"/assets/any/{path}").status_code == 404


def test_a_page_from_before_an_upgrade_gets_its_file_but_does_not_keep_it(face):
    answer = face.test_client().get("/assets/older/zhidu.css")
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_template_cannot_name_what_nobody_serves(face):
    with face.test_request_context(), pytest.raises(KeyError, match=r"jquery\.js"):
        assets.asset_url("jquery.js")


def test_without_packages_the_error_says_what_to_do(bare_face):
    with pytest.raises(SetupError, match="make setup"):
        assets.check(bare_face)
    with bare_face.test_request_context():
        url = assets.asset_url("tabler.css")
    answer = bare_face.test_client().get(url)
    assert answer.status_code == 503
    assert "make setup" in answer.text
