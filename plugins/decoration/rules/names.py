"""The names that areas share: objects, positions, states and moves. What only one area needs stands with that area."""

from __future__ import annotations

CUSTOMER, CONTACT, HOUSE = "decoration.customer", "decoration.contact", "decoration.house"
COMMISSION = "decoration.commission"
SITE, CREW = "decoration.site", "decoration.crew"

MANAGER, ASSISTANT, SPECIALIST = "decoration.manager", "decoration.assistant", "decoration.specialist"
VIP_KEEPER, GENERAL_MANAGER = "decoration.vip-keeper", "decoration.general-manager"
DESIGNER, SALES, FINANCE = "decoration.designer", "decoration.sales", "decoration.finance"
ENGINEERING, INSPECTOR = "decoration.engineering", "decoration.inspector"

PRE_SALE, IN_SALE, AFTER_SALE, VIP_PHASE = "pre_sale", "in_sale", "after_sale", "vip"
"""The phases of service (DEC-R01)."""
ORDINARY, VIP, KEY = "ordinary", "vip", "key"
"""The classes of customers."""
FIELD_SALES, STORE, REFERRAL, OTHER = "field_sales", "store", "referral", "other"
"""Where a customer came from."""

REGISTERED, CONTACTED, BOOKED, REFERRED = "registered", "contacted", "booked", "referred"
PENDING, SIGNED, LOST = "pending", "signed", "lost"
"""The states of a prospect (DEC-W1); the last three are also how it stands with the contract of a commission."""
IN_TALKS = (CONTACTED, BOOKED, REFERRED)
UNDECIDED = (REGISTERED, *IN_TALKS, PENDING)

ENTRUSTED, WELCOMED, MET, MEASURED, SKETCHED = "entrusted", "welcomed", "met", "measured", "sketched"
REFINED, DRAFTED, DEPOSIT_PAID, FEE_PAID = "refined", "drafted", "deposit_paid", "fee_paid"
REVIEWED, FIXED, HANDED_OVER, GIVEN_UP = "reviewed", "fixed", "handed_over", "given_up"
"""The stages of a commission (DEC-W2)."""

PREPARED, UNDER_WAY, PAUSED, COMPLETED, SETTLED = "prepared", "under_way", "paused", "completed", "settled"
"""How a site stands (DEC-W3)."""
MATERIALS, PLUMBING, CARPENTRY, MASONRY = "materials", "plumbing", "carpentry", "masonry"
PAINTING, COMPLETION = "painting", "completion"
STAGES = (MATERIALS, PLUMBING, CARPENTRY, MASONRY, PAINTING, COMPLETION)
"""The stages of the works, in the order in which the paper names them."""
