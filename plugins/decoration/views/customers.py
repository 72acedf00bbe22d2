"""The customer record card on paper."""

from __future__ import annotations

from typing import Any

from flask_appbuilder import BaseView, expose

from core.entities.registry import entity_by_id
from core.entities.service import find
from core.installation import installation
from core.people.access import require
from plugins.decoration.customer_papers import printed_card
from plugins.decoration.rules.names import CUSTOMER


class DecorationCustomerPapers(BaseView):
    """`/decoration/customer-papers/<customer>/card.pdf`."""

    route_base = "/decoration/customer-papers"
    default_view = "card"

    @expose("/<int:id>/card.pdf", methods=["GET"])
    def card(self, id: int) -> Any:
        require(CUSTOMER, "print")
        session = installation().database.session()
        return printed_card(session, find(session, entity_by_id(CUSTOMER), id))


VIEWS = (DecorationCustomerPapers,)
