"""The example offices' tariffs: those of Beijing, Shanghai and Guangzhou, as far as they were made public."""
# zh-ok-file: names of tariffs are data in both languages

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from plugins.gas import tariffs
from plugins.gas.models import COMMERCIAL, PUBLIC_WELFARE, RESIDENT, Tariff, TariffVersion

ANNUAL, FLAT = "graduated_annual", "flat"


@dataclass(frozen=True)
class Published:
    """Prices from a day on, to a day or for good."""

    valid_from: date
    prices: str
    uppers: str = ""
    valid_to: date | None = None


@dataclass(frozen=True)
class Example:
    """A tariff of the example company. `share` is how many of a hundred accounts have it."""

    code: str
    name_zh: str
    name_en: str
    use_class: str
    share: int
    monthly_m3: tuple[int, int]
    winter_factor: int
    versions: tuple[Published, ...]
    extra_from_5_people: int = 0


BEIJING = (
    Example(
        "BJ-general", "北京居民一般用气", "Beijing, residents", RESIDENT, 88, (6, 24), 1,
        (
            Published(date(2016, 1, 1), "2.28, 2.50, 3.90", "350, 500", date(2018, 7, 9)),
            Published(date(2018, 7, 10), "2.63, 2.85, 4.25", "350, 500", date(2019, 3, 31)),
            Published(date(2019, 4, 1), "2.61, 2.83, 4.23", "350, 500"),
        ),
    ),
    Example(
        "BJ-boiler", "北京壁挂炉采暖", "Beijing, heating boilers", RESIDENT, 8, (15, 40), 9,
        (Published(date(2019, 4, 1), "2.61, 2.83, 4.23", "1500, 2500"),),
    ),
    Example(
        "BJ-rural", "北京农村煤改气采暖", "Beijing, rural coal to gas", RESIDENT, 2, (20, 45), 12,
        (Published(date(2019, 4, 1), "2.61, 2.83, 4.23", "2500, 3000"),),
    ),
    Example(
        "BJ-public", "北京执行居民价格的非居民", "Beijing, schools and welfare", PUBLIC_WELFARE, 2, (300, 2500), 2,
        (Published(date(2019, 4, 1), "2.63"),),
    ),
)  # fmt: skip
SHANGHAI = (
    Example(
        "SH-residents", "上海居民用气", "Shanghai, residents", RESIDENT, 98, (8, 30), 1,
        (Published(date(2014, 9, 1), "3.00, 3.30, 4.20", "310, 520"),), 150,
    ),
    Example(
        "SH-welfare", "上海学校养老院用气", "Shanghai, schools and homes", PUBLIC_WELFARE, 2, (300, 2500), 2,
        (Published(date(2014, 9, 1), "3.05"),),
    ),
)  # fmt: skip
GUANGZHOU = (
    Example(
        "GZ-residents", "广州居民用气", "Guangzhou, residents", RESIDENT, 90, (8, 28), 1,
        (Published(date(2015, 1, 1), "3.45, 4.14, 5.18", "320, 400"),),
    ),
    Example(
        "GZ-commercial", "广州非居民用气", "Guangzhou, businesses", COMMERCIAL, 10, (200, 3000), 1,
        (Published(date(2015, 1, 1), "4.36"),),
    ),
)  # fmt: skip
OF_BRANCH = {"gas-east": BEIJING, "gas-west": SHANGHAI, "mixed": GUANGZHOU}


def publish_all(session: Session, branch_code: str) -> dict[str, int]:
    """Make and publish a branch's tariffs; answers their ids by code."""
    return {example.code: _publish(session, example) for example in OF_BRANCH.get(branch_code, SHANGHAI)}


def _publish(session: Session, example: Example) -> int:
    tariff = Tariff(
        code=example.code, name_zh=example.name_zh, name_en=example.name_en, use_class=example.use_class
    )
    if example.extra_from_5_people:
        tariff.household_rule = f"5+ : +{example.extra_from_5_people} m³"
    session.add(tariff)
    session.flush()
    for each in example.versions:
        version = TariffVersion(
            tariff_id=tariff.id,
            valid_from=each.valid_from,
            valid_to=each.valid_to,
            model=ANNUAL if each.uppers else FLAT,
            uppers=each.uppers,
            prices=each.prices,
        )
        session.add(version)
        session.flush()
        tariffs.publish(session, version, None)
    return tariff.id
