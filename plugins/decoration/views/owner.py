"""A customer's own page, without a log-in, and the desk where its link is made and its photos are released."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, ClassVar

from flask import make_response, redirect, render_template, request, send_file, session, url_for
from flask_appbuilder import BaseView, expose
from flask_babel import force_locale, get_locale, gettext, lazy_gettext
from sqlalchemy import delete, select
from sqlalchemy.orm import Session
from wtforms import BooleanField, HiddenField, SelectField, StringField
from wtforms.validators import DataRequired, Length

from core.data import UserError
from core.data.marks import N_
from core.data.once import new_key
from core.entities.registry import entity_by_id
from core.entities.service import find
from core.files import service as files
from core.files.models import StoredFile
from core.installation import installation
from core.languages import supported_locale
from core.people.access import current_user_id, require
from core.people.doors import open_pages, telling
from core.people.doors.log_in import wait_text
from core.ui import format as shown
from core.ui.notices import tell
from core.ui.page import render
from core.ui.shell_form import ShellForm, options
from plugins.decoration.entities.owner import LANGUAGES
from plugins.decoration.models.owner import OwnerLink, OwnerPhoto
from plugins.decoration.owners import confirming, links, showing
from plugins.decoration.rules import names as n
from plugins.decoration.rules import names_owner as o

_filled = DataRequired(lazy_gettext("Fill in this field."))
FILE_POLICY = "default-src 'none'; base-uri 'none'; frame-ancestors 'none'; sandbox"
COPY_IT = N_("Send this link to the customer. It is shown only now; whoever has it sees the page.")
ON_ITS_WAY = N_(
    "This link is on its way to the customer as a short message. It is shown only now; whoever has it sees the page."
)
NOT_WANTED = N_(
    "The customer wants no short messages: give them this link yourself. It is shown only now; whoever has it sees the"
    " page."
)
Done = Callable[[Session, OwnerLink], None]


class OwnerPage(BaseView):
    """`/decoration/owner/<token>`: for whoever holds the link. Whatever the link does not lead to is not there."""

    route_base = "/decoration/owner"
    default_view = "page"
    open_pages: ClassVar[tuple[str, ...]] = ("page", "photo", "appointment", "day", "sign")

    @expose("/<string:token>", methods=["GET"])
    def page(self, token: str) -> Any:
        wait = open_pages.knock()
        if wait:
            return _too_often(wait)
        with links.opened(token) as link:
            if link is None:
                return _gone()
            database = _session()
            links.note_opened(database, link)
            with _language_of(link) as locale:
                return render_template(
                    "decoration/owner.html",
                    wide=True,
                    home_url=links.path_of(token),
                    **showing.page_of(database, link, locale),
                )

    @expose("/<string:token>/photo/<int:id>", methods=["GET"])
    def photo(self, token: str, id: int) -> Any:
        wait = open_pages.knock(open_pages.FILES)
        if wait:
            return _too_often(wait)
        with links.opened(token) as link:
            released = showing.photos_of(link).where(StoredFile.id == id) if link else None
            if released is None or _session().scalar(released) is None:
                return _gone()
            stored, path = files.open_file(_session(), id)
            answer = send_file(path, mimetype=stored.media_type, download_name=f"{stored.id}")
            answer.headers["Content-Security-Policy"] = FILE_POLICY
            return answer

    @expose("/<string:token>/appointment/<int:id>", methods=["POST"])
    def appointment(self, token: str, id: int) -> Any:
        day = request.form.get("day", "")
        return _done(token, lambda database, link: confirming.confirm_appointment(database, link, id, day))

    @expose("/<string:token>/acceptance/<int:id>/day", methods=["POST"])
    def day(self, token: str, id: int) -> Any:
        day = request.form.get("day", "")
        return _done(token, lambda database, link: confirming.confirm_day(database, link, id, day))

    @expose("/<string:token>/acceptance/<int:id>/sign", methods=["POST"])
    def sign(self, token: str, id: int) -> Any:
        name, remark = request.form.get("name", ""), request.form.get("remark", "")
        return _done(token, lambda database, link: confirming.sign(database, link, id, name, remark))


class LinkForm(ShellForm):
    days = SelectField(lazy_gettext("Valid for"), default="180")
    locale = SelectField(lazy_gettext("Language of the page"))
    contact = StringField(lazy_gettext("Whom the customer calls"), validators=[_filled, Length(max=60)])
    contact_phone = StringField(lazy_gettext("At which number"), validators=[_filled, Length(max=40)])
    send = BooleanField(lazy_gettext("Send it to the customer's telephone as a short message"))
    once = HiddenField()


class OwnerLinks(BaseView):
    """`/decoration/owner-links/site/<id>`: a link is shown once, when it is made."""

    route_base = "/decoration/owner-links"
    default_view = "of_site"

    @expose("/site/<int:id>", methods=["GET", "POST"])
    def of_site(self, id: int) -> Any:
        return _made(n.SITE, id)

    @expose("/commission/<int:id>", methods=["GET", "POST"])
    def of_commission(self, id: int) -> Any:
        return _made(n.COMMISSION, id)

    @expose("/site/<int:id>/photos", methods=["GET", "POST"])
    def photos(self, id: int) -> Any:
        require(n.SITE, o.LINK)
        database = _session()
        site = find(database, entity_by_id(n.SITE), id)
        found = database.scalars(showing.photos_at(site.id)).all()
        released = set(database.scalars(select(OwnerPhoto.file_id).where(OwnerPhoto.site_id == site.id)))
        if request.method == "POST":
            ticked = set(request.form.getlist("photos", type=int)) & {each.id for each in found}
            _release(database, site.id, ticked, released)
            database.commit()
            tell(gettext("The customer's page shows these photos."))
            return redirect(_page_of(n.SITE, site.id))
        context = {"photos": found, "released": released, "number": site.number}
        return render("decoration/owner_photos.html", back=_page_of(n.SITE, site.id), **context)


def _made(entity: str, record_id: int) -> Any:
    require(entity, o.LINK)
    database = _session()
    record, form = find(database, entity_by_id(entity), record_id), _form()
    if form.is_submitted():
        before = telling.told_before(database)
        if before is not None:
            return before
    else:
        form.once.data = new_key()
    back = _page_of(entity, record.id)
    if not form.validate_on_submit():
        context = {"form": form, "number": record.number, "back": back}
        return render("decoration/owner_link.html", **context), 422 if form.errors else 200
    given = form.contact.data.strip(), form.contact_phone.data.strip(), form.locale.data or None
    link = links.make(database, record, int(form.days.data), *given)
    text = COPY_IT
    if "send" in form and form.send.data:
        text = ON_ITS_WAY if links.send(database, link) else NOT_WANTED
    telling.remember(database, back)
    address = links.address_of(link)
    database.commit()
    return render(
        "doors/told_once.html",
        title=gettext("Link to a customer's page"),
        name=record.number,
        text=gettext(text),
        secret=address,
        back=back,
    )


def _form() -> LinkForm:
    form = LinkForm()
    form.days.choices = options(
        [(str(each), gettext("%(count)s days", count=shown.number(each))) for each in links.DAYS]
    )
    if not links.can_send():
        del form.send
    form.locale.choices = options([("", lazy_gettext("As the customer's browser says")), *LANGUAGES])
    return form


def _release(database: Session, site_id: int, ticked: set[int], released: set[int]) -> None:
    gone = released - ticked
    if gone:
        database.execute(
            delete(OwnerPhoto).where(OwnerPhoto.site_id == site_id, OwnerPhoto.file_id.in_(gone))
        )
    me = current_user_id()
    database.add_all(OwnerPhoto(site_id=site_id, file_id=each, released_by=me) for each in ticked - released)
    database.flush()


def _done(token: str, do: Done) -> Any:
    """Do what the holder of a link asks for; once more is as good as once."""
    if open_pages.knock():
        raise UserError(confirming.TOO_OFTEN, status=429)
    with links.opened(token) as link:
        if link is None:
            return _gone()
        with _language_of(link):
            do(_session(), link)
            _session().commit()
            tell(gettext("Thank you, it is noted."))
    return redirect(url_for("OwnerPage.page", token=token))


def _too_often(wait: int) -> Any:
    answer = make_response(render_template("decoration/owner_gone.html", text=wait_text(wait)), 429)
    answer.headers["Retry-After"] = str(wait)
    return answer


def _gone() -> Any:
    """The same answer for every link that leads nowhere, whatever the reason."""
    text = gettext("This link leads nowhere, or not any more. Ask us for a new one.")
    return render_template("decoration/owner_gone.html", text=text), 404


@contextmanager
def _language_of(link: OwnerLink) -> Iterator[str]:
    """What the customer has chosen here, else the link's language, else the browser's."""
    chosen = supported_locale(session.get("locale")) or link.locale or str(get_locale() or "zh")
    with force_locale(chosen):
        yield chosen


def _page_of(entity: str, record_id: int) -> str:
    return f"{entity_by_id(entity).path}{record_id}"


def _session() -> Session:
    return installation().database.session()


VIEWS = (OwnerPage, OwnerLinks)
