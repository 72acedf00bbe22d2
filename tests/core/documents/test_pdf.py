"""Print forms: real PDFs, read back."""

from __future__ import annotations

import io
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import typst
from flask import Flask
from flask_babel import Babel, force_locale, lazy_gettext
from pypdf import PdfReader

from core.data import SetupError, clock
from core.documents import capital_amount, render_pdf
from core.languages import Catalogues, install, shell

SAMPLE = Path(__file__).with_name("sample.typ")
MARKUP = [
    '#import "x"',
    "*x*",
    "_x_",
    "$x$",
    "\\ \\n \\u{41}",
    "'a' \"b\"",
    "<x> @x",
    "// x",
    "= x",
    "#panic()",
    "]]",
]


def receipt(**changes: Any) -> dict[str, Any]:
    """The data of a small receipt."""
    data = {
        "title": "气费收据",
        "company": "东区燃气有限公司",
        "number": "GE-000123",
        "note": "盖章有效",
        "facts": [("户名", "覃小明"), ("户号", "0012345"), ("日期", date(2026, 11, 22))],
        "heading": ["项目", "金额"],
        "rows": [("第一阶梯", Decimal("325.04"))],
        "capitals": capital_amount(Decimal("325.04")),
        "signatures": ["收款人", "交款人"],
    }
    return data | changes


def pages(pdf: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]


def test_a_receipt_can_be_read_back() -> None:
    (text,) = pages(render_pdf(SAMPLE, receipt()))
    for expected in (
        "气费收据",
        "东区燃气有限公司",
        "GE-000123",
        "0012345",
        "2026-11-22",
        "325.04",
        "盖章有效",
    ):
        assert expected in text
    assert "人民币叁佰贰拾伍元零肆分" in text
    assert "Page 1 of 1" in text


@pytest.mark.parametrize("name", ["覃小明", "万俟兰", "㐂子", "欧阳喆"])
def test_rare_characters_are_printed(name: str) -> None:
    assert name in pages(render_pdf(SAMPLE, receipt(facts=[("户名", name)])))[0]


@pytest.mark.parametrize("markup", MARKUP)
def test_markup_in_data_is_printed_as_it_is(markup: str) -> None:
    everywhere = receipt(
        title=f"T {markup}",
        company=f"C {markup}",
        facts=[(f"L {markup}", f"V {markup}")],
        rows=[(f"R {markup}", "1")],
    )
    text = " ".join(pages(render_pdf(SAMPLE, everywhere))[0].split())
    for place in "TCLVR":
        assert f"{place} {markup}" in text


def test_a_long_form_repeats_its_heading_and_counts_its_pages() -> None:
    texts = pages(render_pdf(SAMPLE, receipt(rows=[(f"项{n}", n) for n in range(60)])))
    assert len(texts) > 1
    for number, text in enumerate(texts, start=1):
        assert f"Page {number} of {len(texts)}" in text
        assert "东区燃气有限公司" in text
    assert all("金额" in text for text in texts[:-1])


def test_the_page_number_is_in_the_readers_language() -> None:
    app = Flask("forms")
    Babel(app)
    install(app, Catalogues([shell()]))
    with app.app_context(), force_locale("zh"):
        assert "第 1 页，共 1 页" in pages(render_pdf(SAMPLE, receipt()))[0]


def test_only_the_two_weights_of_the_package_are_embedded() -> None:
    reader = PdfReader(io.BytesIO(render_pdf(SAMPLE, receipt())))
    fonts = reader.pages[0]["/Resources"]["/Font"].values()
    names = {font.get_object()["/BaseFont"].partition("+")[2] for font in fonts}
    assert len(names) == 2
    assert all(name.startswith("NotoSansSC") for name in names)


def test_the_file_carries_the_time_of_the_clock() -> None:
    with clock.frozen(datetime(2026, 3, 1, 4, 5, 6, 789, tzinfo=UTC)):
        pdf = render_pdf(SAMPLE, receipt())
        assert pdf == render_pdf(SAMPLE, receipt())
    assert PdfReader(io.BytesIO(pdf)).metadata.creation_date == datetime(2026, 3, 1, 4, 5, 6, tzinfo=UTC)


def test_forms_are_rendered_on_several_threads() -> None:
    def one(number: int) -> list[str]:
        return pages(render_pdf(SAMPLE, receipt(number=f"N-{number:04d}")))

    with ThreadPoolExecutor(8) as pool:
        for number, (text,) in enumerate(pool.map(one, range(40))):
            assert f"N-{number:04d}" in text


def test_missing_fonts_say_what_to_run(tmp_path: Path) -> None:
    with pytest.raises(SetupError, match="make setup"):
        render_pdf(SAMPLE, receipt(), node_modules=tmp_path)


def test_the_application_says_where_the_fonts_are(tmp_path: Path) -> None:
    app = Flask("forms")
    Babel(app)
    app.config["ZHIDU_NODE_MODULES"] = str(tmp_path)
    with app.app_context(), pytest.raises(SetupError, match=str(tmp_path)):
        render_pdf(SAMPLE, receipt())


def test_a_template_reads_nothing_outside_its_folder(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    (tmp_path / "forms").mkdir()
    template = tmp_path / "forms" / "thief.typ"
    template.write_text('#read("../secret.txt")', encoding="utf-8")
    with pytest.raises(typst.TypstError, match="escape"):
        render_pdf(template, {})


def test_a_template_that_asks_for_an_unknown_font_warns(tmp_path: Path) -> None:
    template = tmp_path / "odd.typ"
    template.write_text('#set text(font: "Nowhere Sans")\nx', encoding="utf-8")
    with pytest.warns(UserWarning, match=r"odd\.typ.*nowhere sans"):
        render_pdf(template, {})


def test_lazy_texts_are_printed_and_floats_are_refused() -> None:
    assert "Receipt" in pages(render_pdf(SAMPLE, receipt(title=lazy_gettext("Receipt"))))[0]
    with pytest.raises(TypeError, match=r"0\.1"):
        render_pdf(SAMPLE, receipt(number=0.1))
