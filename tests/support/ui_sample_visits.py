"""Sample context of a round's screen."""

from __future__ import annotations

from typing import Any

from core.visits.kinds import CHOICE, FIGURE, NOTE, PHOTO, Entry, Made, Round, Stops
from ui_sample_words import Say


def visits(t: Say) -> dict[str, dict[str, Any]]:
    round_ = Round(
        id="gas.readings",
        label=t("Reading round", "手机抄表"),
        entity="gas.reading",
        right="add",
        stop_entity="gas.meter",
        entries=(
            Entry("value", t("Reading", "读数"), FIGURE, unit="m³", places=4, required=True),
            Entry("photo", t("Photo", "照片"), PHOTO),
            Entry("seal", t("Seal", "铅封"), CHOICE, choices=(("whole", t("Whole", "完好")),)),
            Entry(
                "note",
                t("Note", "备注"),
                NOTE,
                help=t("What the office should know.", "需要告知营业厅的情况。"),
            ),
        ),
        stops=lambda _session, _book: Stops(()),
        enter=lambda _session, _visit, _user_id: Made("gas.reading", 1),
        skips=(("nobody-home", t("Nobody at home", "家中无人")),),
        reasons=(("rollover", t("The dial went round past zero", "表盘已过零翻转")),),
        help=t("Choose your route.", "请选择线路。"),
    )
    bare = Round(
        id="gas.bare",
        label=t("Bare round", "简单走访"),
        entity="gas.reading",
        right="add",
        stop_entity="gas.meter",
        entries=(),
        stops=round_.stops,
        enter=round_.enter,
    )
    limits = {"most_photos": 3, "largest_photo": 3_000_000}
    return {
        "visits/round.html": {"round": round_, **limits},
        "visits/round.html#bare": {"round": bare, **limits},
    }
