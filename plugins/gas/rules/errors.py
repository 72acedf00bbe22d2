"""What the gas rules refuse, in words that a screen can translate.

An error carries its English sentence as a template with named parameters, and the parameters apart, so that
the screen says it in the reader's language: ``gettext(error.template) % error.params``.
"""

N_ = str  # marks a template for the message extractor; changes nothing


class GasRuleError(ValueError):
    """A gas rule says no: `clause` names what it rests on, `template` and `params` say why and what to do."""

    clause = ""

    def __init__(self, template: str, **params: str | int) -> None:
        self.template = template
        self.params = params
        super().__init__(template % params)


class TariffError(GasRuleError):
    """The tariff is not one that can be published (GAS-R30)."""

    clause = "GAS-R30"


class UsageError(GasRuleError):
    """The volume, month or extra allowance cannot be priced (GAS-R30)."""

    clause = "GAS-R30"


class NegativeUsageError(UsageError):
    """Usage below zero: a bill is corrected by reversing it, never by a negative volume."""


class ReadingError(GasRuleError):
    """The reading cannot stand on this dial (GAS-R17: readings are true and exact)."""

    clause = "GAS-R17"


class ReadingBelowError(ReadingError):
    """The reading lies below the previous one, and the dials cannot plausibly have gone round."""


class RolloverNotConfirmedError(ReadingError):
    """The dials seem to have gone round past zero; a person has to confirm it first."""


class PaymentError(GasRuleError):
    """The amount cannot be taken or allocated (GAS-R38: no wrong or missed charge)."""

    clause = "GAS-R38"
