"""The letter as mail, and the conversation with the mail server."""

import smtplib
import ssl
import uuid
from contextlib import suppress
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from ampersand.notifications.models import INVITATION, Enclosure, Letter
from ampersand.running.mail import MailServer

PATIENCE = 20  # seconds that a silent mail server is waited for


def new_message_id() -> str:
    """Make up the name by which mail programs know one letter, however often it arrives."""
    domain = parseaddr(settings.MAIL_FROM)[1].rpartition("@")[2] or "localhost"
    return f"<{uuid.uuid4().hex}@{domain}>"


def as_mail(letter: Letter) -> EmailMessage:
    """Dress a letter for the journey: headers, both bodies, enclosures.

    An invitation is a third body, for the calendar, and a file besides, for calendars that want one.
    """
    enclosures = list(letter.enclosures.all())
    mail = EmailMessage(policy=SMTP)
    mail["From"] = settings.MEETINGS_FROM if any(map(is_invitation, enclosures)) else settings.MAIL_FROM
    mail["To"] = on_the_wire(letter.to)
    mail["Subject"] = letter.subject
    mail["Date"] = format_datetime(letter.queued_at)
    mail["Message-ID"] = letter.message_id
    mail["Auto-Submitted"] = "auto-generated"
    if settings.MAIL_REPLY_TO:
        mail["Reply-To"] = settings.MAIL_REPLY_TO
    earlier = _earlier_in_thread(letter)
    if earlier:
        mail["In-Reply-To"] = earlier[-1]
        mail["References"] = " ".join(earlier)
    wishes = f"{settings.ADDRESS}/account/"
    if letter.optional:
        mail["List-Unsubscribe"] = f"<{wishes}>"
    with translation.override(letter.language):
        around = {"letter": letter, "address": settings.ADDRESS, "wishes": wishes}
        mail.set_content(f"{letter.body_text}\n{render_to_string('notifications/foot.txt', around)}")
        mail.add_alternative(render_to_string("notifications/letter.html", around), subtype="html")
    for enclosure in filter(is_invitation, enclosures):
        method = enclosure.content_type.removeprefix(INVITATION)
        told = {"method": method, "charset": "utf-8"}
        mail.add_alternative(bytes(enclosure.content), maintype="text", subtype="calendar", params=told)
    for enclosure in enclosures:
        _enclose(mail, enclosure)
    return mail


def _enclose(mail: EmailMessage, enclosure: Enclosure) -> None:
    content_type = "application/ics" if is_invitation(enclosure) else enclosure.content_type
    kind, _slash, subkind = content_type.partition("/")
    mail.add_attachment(
        bytes(enclosure.content),
        maintype=kind,
        subtype=subkind or "octet-stream",
        filename=enclosure.name,
    )


def is_invitation(enclosure: Enclosure) -> bool:
    """Say whether it is one that calendars act upon."""
    return enclosure.content_type.startswith(INVITATION)


def on_the_wire(address: str) -> str:
    """Write the domain of an address as every mail server knows it: exämple.org is xn--exmple-cua.org."""
    name, at, domain = address.rpartition("@")
    return address if domain.isascii() else f"{name}{at}{domain.encode('idna').decode('ascii')}"


def _earlier_in_thread(letter: Letter) -> list[str]:
    if not letter.thread:
        return []
    earlier = Letter.objects.filter(thread=letter.thread, to=letter.to, pk__lt=letter.pk).order_by("-pk")
    return list(earlier.values_list("message_id", flat=True)[:10])[::-1]


def hand_in(letter: Letter, server: MailServer) -> smtplib.SMTP:
    """Give a letter to the mail server; returns, still connected, as soon as the server has taken it on."""
    mail = as_mail(letter)
    post = _connect(server)
    try:
        if server.user:
            post.login(server.user, server.password)
        post.send_message(mail, from_addr=parseaddr(settings.MAIL_FROM)[1], to_addrs=[on_the_wire(letter.to)])
    except BaseException:
        take_leave(post)
        raise
    return post


def take_leave(post: smtplib.SMTP) -> None:
    """Say goodbye to the mail server without waiting for the answer."""
    with suppress(smtplib.SMTPException, OSError):
        post.putcmd("QUIT")
    post.close()


def _connect(server: MailServer) -> smtplib.SMTP:
    if server.security == "tls":
        return smtplib.SMTP_SSL(
            server.host, server.port, timeout=PATIENCE, context=ssl.create_default_context()
        )
    post = smtplib.SMTP(server.host, server.port, timeout=PATIENCE)
    if server.security == "starttls":
        post.starttls(context=ssl.create_default_context())
    return post
