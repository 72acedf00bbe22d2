"""The names that only the design stage needs: appointments, fees and receipts."""

from __future__ import annotations

from plugins.decoration.rules import names as n

APPOINTMENT, FEE, RECEIPT = "decoration.appointment", "decoration.fee", "decoration.receipt"

FIRST_MEETING, MEASURING, SKETCH, REFINED_PLAN = "first_meeting", "measuring", "sketch", "refined_plan"
RENDERING, SITE_HAND_OVER, OTHER_MEETING = "rendering", "site_hand_over", "other"
BOOKED_AHEAD: tuple[str, ...] = (FIRST_MEETING, MEASURING, SKETCH, REFINED_PLAN)
"""The stages before which DEC-R05 has the customer booked."""

ASKED, INVITED, CONFIRMED, HELD = "asked", "invited", "confirmed", "held"
MISSED, MOVED, CALLED_OFF = "missed", "moved", "called_off"
"""The states of an appointment."""
AHEAD = (ASKED, INVITED, CONFIRMED)
BOOKED = (INVITED, CONFIRMED)
"""The customer knows of it."""
INVITE, CONFIRM, HOLD, MISS = "invite", "confirm", "hold", "miss"
PUT_OFF, CALL_OFF = "put-off", "call-off"
PHONE, SMS, IN_PERSON, PAGE = "phone", "sms", "in_person", "page"
"""How somebody was told or answered; the last is the customer's own page."""

DESIGN_DEPOSIT, DESIGN_FEE, ORDER_DEPOSIT = "design_deposit", "design_fee", "order_deposit"
"""What is paid before the contract (AMB-09): the deposit on the design, its fee, and the deposit on the order."""
OPEN, NOTIFIED, PAID = "open", "notified", "paid"
REVERSED, WITHDRAWN = "reversed", "withdrawn"
"""The states of a fee: the customer is to be told, has been told, has paid, what was paid was taken back; or nothing is
asked for any more."""
UNPAID = (OPEN, NOTIFIED)
ORDER_DEPOSIT_PAID = "decoration.customer.order-deposit-paid"
"""Told of a customer whose deposit on the order finance has confirmed (DEC-R31)."""
NOTIFY, PAY, REVERSE, WITHDRAW = "notify", "pay", "reverse", "withdraw"
CASH, TRANSFER, CARD = "cash", "transfer", "card"

WELCOME, REVIEW, FIX = "welcome", "review", "fix"
PAY_DEPOSIT, PAY_FEE, TAKE_BACK_DEPOSIT, TAKE_BACK_FEE = (
    "pay-deposit",
    "pay-fee",
    "take-back-deposit",
    "take-back-fee",
)
"""Moves of a commission; those of payments the program makes, when finance has confirmed them."""

BEFORE_RENDERING, BEFORE_PLAN_FIXED = "rendering", "plan_fixed"
"""Where the gate of the design fee stands (DEC-R06)."""
AT_REFINED, AT_DRAFT = n.REFINED, n.DRAFTED
"""At which stage the design deposit is asked for (DEC-R07)."""
