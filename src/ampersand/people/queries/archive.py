"""Everything about a person in one file to take away: readable pages, data, and the files themselves."""

import io
import json
import zipfile
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import BinaryField, Model
from django.template.loader import render_to_string
from django.utils import timezone
from psycopg.types.range import Range

from ampersand.people.models import Person
from ampersand.people.queries.keeping import Kept, everything_about
from ampersand.record.queries import history_of, in_words

NEVER_TOLD = ("_hash", "_token", "salt", "strokes_key")


def archive_of(person: Person) -> bytes:
    """Pack what is kept about a person: data.json, read-me.html, and files/."""
    files: dict[str, bytes] = {}
    told = {
        "made": timezone.now(),
        "person": _row(person, files),
        "kept": [_kind(kept, files) for kept in everything_about(person)],
        "signing_in": {
            "second_steps": list(Authenticator.objects.filter(user=person).values("type", "created_at")),
            "sessions": list(
                UserSession.objects.filter(user=person).values("created_at", "ip", "user_agent")
            ),
        },
        "history": [
            {"at": entry.at, "what": in_words(entry, reader=person.pk)}
            for entry in history_of(person.pk, [f"person:{person.pk}"])
        ],
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("read-me.html", render_to_string("people/archive.html", told))
        archive.writestr("data.json", json.dumps(told, cls=DjangoJSONEncoder, indent=1, ensure_ascii=False))
        for name, content in files.items():
            archive.writestr(f"files/{name}", content)
    return packed.getvalue()


def _kind(kept: Kept, files: dict[str, bytes]) -> dict[str, Any]:
    return {
        "what": kept.name,
        "who_may_read_it": kept.keeping.readers,
        "how_long": kept.keeping.until,
        "when_you_leave": kept.keeping.on_erasure,
        "rows": [_row(row, files) for row in kept.rows.order_by("pk")],
    }


def _row(row: Model, files: dict[str, bytes]) -> dict[str, Any]:
    told: dict[str, Any] = {}
    for field in row._meta.concrete_fields:
        if field.name.endswith(NEVER_TOLD):
            continue
        value = field.value_from_object(row)
        if isinstance(field, BinaryField):
            value = _file(row, field.name, value, files)
        told[field.name] = [value.lower, value.upper] if isinstance(value, Range) else value
    return told


def _file(row: Model, field: str, content: bytes | memoryview | None, files: dict[str, bytes]) -> str | None:
    if not content:
        return None
    content = bytes(content)
    ending = ".pdf" if content.startswith(b"%PDF") else ".bin"
    name = f"{row._meta.model_name}-{row.pk}-{field}{ending}"
    files[name] = content
    return f"files/{name}"
