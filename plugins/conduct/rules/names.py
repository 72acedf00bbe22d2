"""The names that the rules share: objects, positions, states, steps and papers."""

N_ = str  # marks a text for the message extractor; changes nothing

TARIFF, OFFENCE, SLIP = "conduct.tariff", "conduct.offence", "conduct.slip"
WITNESS, APPEAL = "conduct.witness", "conduct.appeal"
MEASURE, DEDUCTION = "conduct.measure", "conduct.deduction"

HEAD, APPROVER, INSPECTOR = "conduct.department-head", "conduct.approver", "conduct.inspector"
EMPLOYEE, BYSTANDER, PERSONNEL = "conduct.employee", "conduct.witness", "conduct.personnel"

DRAFT, PUBLISHED = "draft", "published"
"""The states of a tariff."""
DRAFTED, ISSUED, REFUSED, EFFECTIVE, CANCELLED = "drafted", "issued", "refused", "effective", "cancelled"
"""The states of a slip."""
FILED, ANSWERED = "filed", "answered"
"""The states of an appeal."""
ASKED, GRANTED, DECLINED = "asked", "granted", "declined"
"""The states of a measure."""
WAITING, BOOKED = "waiting", "booked"
"""The states of a deduction."""
ISSUE, SIGN, CONFIRM, CALL_OFF = "issue", "sign", "confirm", "call-off"
PUBLISH, ANSWER, GRANT, DECLINE, BOOK = "publish", "answer", "grant", "decline", "book"
"""The moves that rules name, or that the program makes."""
NO_HAZARD, HAZARD, SERIOUS = "no_hazard", "hazard", "serious"
"""What came of a check that was left out (item 13)."""
WARNING, FINE = "warning", "fine"
FINAL_WARNING, URGED_RESIGNATION, DISMISSAL = "final_warning", "urged_resignation", "dismissal"
"""The measures; a penalty is a fine."""

TARIFF_RULES = N_("Punishment rules of the customer service department")
SERVICE_RULES = N_("Rules of the service department")
