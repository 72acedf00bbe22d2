"""What is judged and filled in before a repair file or a repair order is saved."""

from __future__ import annotations

from sqlalchemy import select

from core.data import UserError
from core.data.marks import N_
from core.people.access import current_user_id
from core.work.groups import today
from plugins.decoration import warranty
from plugins.decoration.checks.complaints import check_rating
from plugins.decoration.checks.numbers import numbered, session
from plugins.decoration.models.complaints import Complaint, Repair, RepairFile
from plugins.decoration.models.construction import Site

FILE_PREFIX, PREFIX = "DA", "WX"
NOT_DONE = N_("The works of this site are not completed, so no warranty runs yet.")
OTHER_FILE = N_("This repair file belongs to another customer. Choose one of this customer's.")
OTHER_COMPLAINT = N_("This complaint is another customer's. Choose one of this customer's.")
FUTURE = N_("A fault cannot have been reported in the future.")
NEGATIVE = N_("What is charged is not less than nothing.")


def check_file(file: RepairFile) -> None:
    """The file is opened once the works are accepted, and says until when each warranty runs."""
    with session().no_autoflush:
        site = session().get(Site, file.site_id)
    if site is None:
        raise UserError(NOT_DONE, field="site_id")
    file.accepted_on = file.accepted_on or site.completed_on
    if file.accepted_on is None or file.accepted_on > today():
        raise UserError(NOT_DONE, field="site_id")
    file.customer_id = site.customer_id
    file.general_until, file.waterproof_until = warranty.last_days(session(), file.accepted_on)
    if not file.id:
        file.opened_on, file.opened_by = file.opened_on or today(), current_user_id()
    numbered(file, FILE_PREFIX)


def check_repair(repair: Repair) -> None:
    """Whether the fault lies within the warranty is worked out; without a file nothing is."""
    repair.reported_on = repair.reported_on or today()
    if repair.reported_on > today():
        raise UserError(FUTURE, field="reported_on")
    if repair.charge is not None and repair.charge < 0:
        raise UserError(NEGATIVE, field="charge")
    check_rating(repair)
    with session().no_autoflush:
        file = _file(repair)
        complaint = session().get(Complaint, repair.complaint_id) if repair.complaint_id else None
    if complaint is not None and complaint.customer_id != repair.customer_id:
        raise UserError(OTHER_COMPLAINT, field="complaint_id")
    repair.warranty_until = warranty.until(file, repair.part) if file is not None else None
    repair.in_warranty = repair.warranty_until is not None and repair.reported_on <= repair.warranty_until
    numbered(repair, PREFIX)


def _file(repair: Repair) -> RepairFile | None:
    """The file that is named, else the only one of the customer."""
    if repair.file_id is not None:
        file = session().get(RepairFile, repair.file_id)
        if file is None or file.customer_id != repair.customer_id:
            raise UserError(OTHER_FILE, field="file_id")
        return file
    own = session().scalars(select(RepairFile).where(RepairFile.customer_id == repair.customer_id).limit(2))
    found = own.all()
    if len(found) == 1:
        repair.file_id = found[0].id
        return found[0]
    return None
