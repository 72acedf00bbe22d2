"""What customers are told before the contract (DEC-P10), and specialists of stages that were announced."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from core.data.marks import N_
from core.messages.kinds import MessageTemplate
from plugins.decoration.rules import names as n
from plugins.decoration.rules import names_design as d

TEMPLATES = (
    MessageTemplate(
        "decoration.welcome",
        _("Welcome after the design was entrusted"),
        n.COMMISSION,
        N_("Thank you for entrusting us with your design"),
        N_(
            "Thank you for entrusting your design to %(branch)s. Whatever you would like to ask, customer service is"
            " there for you at any time."
        ),
    ),
    MessageTemplate(
        "decoration.book-customer",
        _("Customer to be booked"),
        d.APPOINTMENT,
        N_("A customer is to be booked: %(stage)s"),
        N_("%(stage)s is planned on %(planned_on)s at %(starts)s. Book the customer: %(link)s"),
    ),
    MessageTemplate(
        "decoration.invitation",
        _("Invitation to an appointment"),
        d.APPOINTMENT,
        N_("Your appointment on %(planned_on)s"),
        N_(
            "%(branch)s invites you: %(stage)s on %(planned_on)s at %(starts)s, %(place)s. Please tell us whether this"
            " suits you."
        ),
    ),
    MessageTemplate(
        "decoration.deposit-notice",
        _("Notice of the design deposit"),
        d.FEE,
        N_("Your design deposit"),
        N_(
            "The initial draft of your design is confirmed. Please pay the design deposit of %(amount)s at the finance"
            " desk of %(branch)s."
        ),
    ),
    MessageTemplate(
        "decoration.fee-notice",
        _("Notice of the design fee"),
        d.FEE,
        N_("Your design fee"),
        N_(
            "Before your rendering is made, please pay the design fee of %(amount)s at the finance desk of %(branch)s."
        ),
    ),
    MessageTemplate(
        "decoration.order-deposit-notice",
        _("Notice of the order deposit"),
        d.FEE,
        N_("Your deposit on the order"),
        N_("Please pay the deposit of %(amount)s on your order at the finance desk of %(branch)s."),
    ),
)
