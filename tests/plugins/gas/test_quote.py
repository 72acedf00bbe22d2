"""`zhidu gas quote`, as a person or a program calls it."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from plugins.gas.quote import gas, gas_commands

DATA = Path(__file__).parent / "data"
BEIJING = {"model": "graduated_annual", "uppers": [350, 500], "prices": ["2.61", "2.83", "4.23"]}
TWO_SEASONS = {
    "model": "graduated_monthly",
    "seasons": [
        {"months": [5, 6, 7, 8, 9, 10], "uppers": [30, 35], "prices": ["3.50", "4.00", "5.25"]},
        {"months": [11, 12, 1, 2, 3, 4], "uppers": ["40", "45"], "prices": [3.5, 4, 5.25]},
    ],
}


@pytest.fixture
def tariff(tmp_path: Path) -> Path:
    return written(tmp_path, json.dumps(BEIJING))


def written(folder: Path, text: str) -> Path:
    file = folder / "tariff.json"
    file.write_text(text, encoding="utf-8")
    return file


def asked(*words: str | Path) -> Result:
    return CliRunner().invoke(gas, ["quote", *map(str, words)])


def refused(result: Result) -> str:
    """The one line on standard error of a command that failed as it should."""
    assert (result.exit_code, result.stdout) == (1, "")
    (line,) = result.stderr.splitlines()
    return line.removeprefix("Error: ")


def test_quote_is_one_line_of_json_with_exact_figures(tariff: Path) -> None:
    result = asked("--tariff", tariff, "--before", "480", "--usage", "100", "--format", "json")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == (
        '{"lines":[{"tier":2,"volume_m3":"20","price":"2.83","amount":"56.60"},'
        '{"tier":3,"volume_m3":"80","price":"4.23","amount":"338.40"}],"total":"395.00"}\n'
    )


def test_quote_gives_every_known_bill(tmp_path: Path) -> None:
    tariffs = json.loads((DATA / "tariffs.json").read_text(encoding="utf-8"))
    for bill in json.loads((DATA / "bills.json").read_text(encoding="utf-8")):
        file = written(
            tmp_path, json.dumps({**tariffs[bill["tariff"]], "city": "somewhere", "valid_to": None})
        )
        result = asked(
            "--tariff", file, "--before", bill["before"], "--usage", bill["usage"], "--format", "json"
        )
        keys = ("tier", "volume_m3", "price", "amount")
        lines = [dict(zip(keys, line, strict=True)) for line in bill["lines"]]
        assert json.loads(result.stdout) == {"lines": lines, "total": bill["total"]}, bill["id"]


def test_quote_as_a_table(tariff: Path) -> None:
    result = asked("--tariff", tariff, "--before", "480", "--usage", "100")
    assert [line.split() for line in result.stdout.splitlines()] == [
        ["tier", "m3", "yuan/m3", "yuan"],
        ["2", "20", "2.83", "56.60"],
        ["3", "80", "4.23", "338.40"],
        ["total", "100", "395.00"],
    ]


def test_no_usage_costs_nothing(tariff: Path) -> None:
    assert (
        asked("--tariff", tariff, "--usage", "0", "--format", "json").stdout
        == '{"lines":[],"total":"0.00"}\n'
    )


@pytest.mark.parametrize(
    ("price", "shown"),
    [
        ("4.025", "4.025"),
        ("3.3", "3.30"),
        ("3", "3.00"),
        ("2.8300", "2.8300"),
        (3.1, "3.10"),
        ("1.00000", "1.0000"),
    ],
)
def test_prices_are_shown_as_in_the_file(tmp_path: Path, price: str | float, shown: str) -> None:
    file = written(tmp_path, json.dumps({"model": "flat", "uppers": [], "prices": [price]}))
    (line,) = json.loads(asked("--tariff", file, "--usage", "5.00", "--format", "json").stdout)["lines"]
    assert (line["price"], line["volume_m3"]) == (shown, "5")


def test_extra_months_and_seasons_count(tmp_path: Path) -> None:
    file = written(tmp_path, "\ufeff" + json.dumps(TWO_SEASONS))
    words = (
        "--tariff",
        file,
        "--usage",
        "78",
        "--months",
        "2",
        "--extra",
        "1",
        "--month",
        "5",
        "--format",
        "json",
    )
    quoted = json.loads(asked(*words).stdout)
    assert [(line["tier"], line["volume_m3"]) for line in quoted["lines"]] == [(1, "72"), (2, "6")]
    assert quoted["total"] == "276.00"


def test_a_tariff_with_seasons_needs_the_month(tmp_path: Path) -> None:
    file = written(tmp_path, json.dumps(TWO_SEASONS))
    assert refused(asked("--tariff", file, "--usage", "5")) == (
        "The tariff has seasons: name the bill's last month with --month, from 1 to 12."
    )


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--usage", "-5"], "A usage of -5 m3 cannot be billed: check the readings"),
        (["--usage", "NaN"], "NaN is not a number: write it in digits, like 12.5."),
        (["--usage", "Infinity"], "Infinity is not a number"),
        (["--usage", "1e5"], "1e5 is not a number"),
        (["--usage", "1_000"], "1_000 is not a number"),
        (["--usage", "12,5"], "12,5 is not a number"),
        (["--usage", ""], '"" is not a number'),
        (["--usage", "5\n6"], "5 6 is not a number"),
        (
            ["--usage", "0.00001"],
            "0.00001 cannot be used: give a number from 0 to 99999999.9999 with at most 4",
        ),
        (["--usage", "100000000"], "100000000 cannot be used"),
        (["--usage", "1", "--before", "-1"], "-1 cannot be used"),
        (["--usage", "1", "--extra", "x"], "x is not a number"),
        (["--usage", "1", "--month", "13"], "There is no month 13: give a month from 1 to 12."),
        (["--usage", "1", "--month", "May"], "Invalid value for '--month': 'May' is not a valid integer."),
        (["--usage", "1", "--months", "0"], "A bill cannot cover 0 months: give 1 to 600."),
        (
            ["--usage", "1", "--format", "xml"],
            "Invalid value for '--format': 'xml' is not one of 'text', 'json'.",
        ),
        (["--usage", "1", "--colour"], "No such option"),
        ([], "Missing option '--usage'."),
    ],
)
def test_bad_input_is_refused_in_one_line(tariff: Path, words: list[str], says: str) -> None:
    assert says in refused(asked("--tariff", tariff, *words))


def test_the_tariff_file_has_to_be_named() -> None:
    assert refused(asked("--usage", "1")) == "Missing option '--tariff'."


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('{"model": "flat",\n "uppers": [}', "not valid JSON at line 2, column 13: correct it there."),
        ("", "not valid JSON at line 1, column 1"),
        ("[" * 100_000, "nests too deep for a tariff"),
        ("[]", "A tariff or season is a JSON object: write it in curly brackets."),
        ('{"uppers": [], "prices": ["1"]}', '"model" is missing: add it.'),
        ('{"model": "flat", "prices": ["1"]}', '"uppers" is missing: add it.'),
        ('{"model": "flat", "uppers": []}', '"prices" is missing: add it.'),
        (
            '{"model": "steps", "uppers": [], "prices": ["1"]}',
            "The model steps is unknown: choose one of flat, ",
        ),
        ('{"model": ["flat"], "uppers": [], "prices": ["1"]}', 'The model ["flat"] is unknown'),
        ('{"model": "flat", "uppers": "", "prices": ["1"]}', '"uppers" must be a list'),
        ('{"model": "flat", "uppers": [], "prices": [true]}', "true is not a number"),
        ('{"model": "flat", "uppers": [], "prices": [NaN]}', "NaN is not a number"),
        ('{"model": "flat", "uppers": [], "prices": [-Infinity]}', "-Infinity is not a number"),
        ('{"model": "flat", "uppers": [], "prices": [1e400]}', "1E+400 cannot be used"),
        ('{"model": "flat", "uppers": [], "prices": [1e99999999999999999999]}', "is not a number"),
        ('{"model": "flat", "uppers": [], "prices": ["2.61001"]}', "2.61001 cannot be used"),
        (
            '{"model": "flat", "uppers": [], "prices": ["1", "2"]}',
            "Tier bounds: 0, prices: 2. Give one price more",
        ),
        (
            '{"model": "graduated_annual", "uppers": [5, 4], "prices": [1, 2, 3]}',
            "put the bounds in rising order",
        ),
        ('{"model": "flat", "seasons": 5}', '"seasons" must be a list'),
        ('{"model": "flat", "seasons": [5]}', "A tariff or season is a JSON object"),
        ('{"model": "flat", "seasons": [{"uppers": [], "prices": [1]}]}', '"months" is missing'),
        (
            '{"model": "flat", "seasons": [{"months": [1.5], "uppers": [], "prices": [1]}]}',
            "There is no month 1.5",
        ),
        (
            '{"model": "flat", "seasons": [{"months": [1], "uppers": [], "prices": [1]}]}',
            "Month 2 is in 0 seasons",
        ),
    ],
)
def test_a_file_that_holds_no_tariff_is_refused_in_one_line(tmp_path: Path, text: str, says: str) -> None:
    file = written(tmp_path, text)
    line = refused(asked("--tariff", file, "--usage", "1"))
    assert line.startswith(f"{file}: ")
    assert says in line


def test_a_file_that_cannot_be_read_is_refused_in_one_line(tmp_path: Path) -> None:
    assert "There is no such file: check its name." in refused(
        asked("--tariff", tmp_path / "no", "--usage", "1")
    )
    assert "cannot be read: give a text file" in refused(asked("--tariff", tmp_path, "--usage", "1"))
    binary = tmp_path / "binary"
    binary.write_bytes(b"\xff\xfe\x00")
    assert "cannot be read: give a text file" in refused(asked("--tariff", binary, "--usage", "1"))


def test_the_plugin_offers_the_command() -> None:
    assert gas_commands() == [gas]
    result = CliRunner().invoke(gas, ["quote", "--help"])
    assert result.exit_code == 0
    assert "--tariff" in result.output
