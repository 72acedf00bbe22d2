"""The words of what customers hear (DEC-P10): a script for each occasion, which a branch may put into its own.

A draft is made of a script; `%(name)s` and `%(about)s` are filled for each customer, and what was approved goes out as
it stands there.
"""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from core.data.marks import N_
from core.messages.kinds import MessageTemplate
from plugins.decoration.rules import names_care as c


def _script(occasion: str, label: object, subject: str, body: str) -> MessageTemplate:
    return MessageTemplate(f"decoration.script-{occasion.replace('_', '-')}", label, c.MESSAGE, subject, body)


SCRIPTS = {
    c.BIRTHDAY: _script(
        c.BIRTHDAY,
        _("Script: birthday"),
        N_("Happy birthday"),
        N_("Dear %(name)s, all of us at %(branch)s wish %(about)s a happy birthday and good health."),
    ),
    c.HOLIDAY: _script(
        c.HOLIDAY,
        _("Script: holiday"),
        N_("Greetings for the holiday"),
        N_("Dear %(name)s, %(branch)s wishes you and your family all the best: %(about)s."),
    ),
    c.VIP_NEWS: _script(
        c.VIP_NEWS,
        _("Script: news for VIPs"),
        N_("You are the first to hear"),
        N_(
            "Dear %(name)s, you hear it first: %(about)s. Your custodian at %(branch)s keeps a place for you."
        ),
    ),
    c.HOUSE_NEWS: _script(
        c.HOUSE_NEWS,
        _("Script: event of the house"),
        N_("An invitation"),
        N_("Dear %(name)s, %(branch)s invites you: %(about)s. We look forward to seeing you."),
    ),
    c.HEATING: _script(
        c.HEATING,
        _("Script: heating season"),
        N_("Heating starts soon"),
        N_(
            "Dear %(name)s, heating starts on %(about)s. Please look whether pipes and radiators leak when water comes"
            " in, and call %(branch)s if anything is wet."
        ),
    ),
    c.WEATHER: _script(
        c.WEATHER,
        _("Script: weather"),
        N_("The weather changes"),
        N_(
            "Dear %(name)s, %(about)s is expected. Please close windows, look after what stands outside, and take"
            " care. %(branch)s"
        ),
    ),
    c.CAMPAIGN: _script(
        c.CAMPAIGN,
        _("Script: campaign"),
        N_("An offer for you"),
        N_("Dear %(name)s, %(branch)s has something for you: %(about)s. Call us or come to the store."),
    ),
}
TEMPLATES = (
    *SCRIPTS.values(),
    MessageTemplate(
        "decoration.care",
        _("Care message as it was approved"),
        c.MESSAGE,
        N_("%(occasion)s: %(name)s"),
        N_("%(text)s"),
    ),
    MessageTemplate(
        "decoration.house-event",
        _("Event in which the department takes part"),
        c.EVENT,
        N_("%(title)s on %(held_on)s: the department takes part"),
        N_("%(title)s takes place on %(held_on)s, and the department takes part. Look at %(link)s"),
    ),
)
