"""The gas office's screens that no entity description can give: billing, the counter, arrears, publishing."""

from plugins.gas.views.arrears import GasArrears
from plugins.gas.views.billing import GasBilling
from plugins.gas.views.cutting_off import GasCutOffs
from plugins.gas.views.payments import GasPayments
from plugins.gas.views.tariffs import GasTariffs

VIEWS = (GasBilling, GasPayments, GasArrears, GasCutOffs, GasTariffs)

__all__ = ["VIEWS", "GasArrears", "GasBilling", "GasCutOffs", "GasPayments", "GasTariffs"]
