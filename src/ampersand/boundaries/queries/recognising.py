"""By what a person is recognised: e-mail address, professional number, name, made alike and then hashed.

docs/decisions/0026-the-register.md says which spellings are taken for the same, and which are not.
"""

import hashlib
import hmac
import re
import unicodedata
from dataclasses import dataclass

from django.conf import settings

from ampersand.boundaries.models import Kind

TITLES = frozenset(
    ["dr", "prof", "professor", "mr", "mrs", "ms", "miss", "mx", "sir", "dame", "lady", "lord", "rev"]
)
BODIES = re.compile(r"^(?:gmc|nmc|gdc|gphc|goc|hcpc|gcc|gosc)(?=.*\d)")
ACCENTS = re.compile(
    "[\u0300-\u036f]"
)  # of Latin, Greek and Cyrillic letters; other scripts need their signs
LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"})
APOSTROPHES = re.compile("['’‘ʼ`´]")
SHORTEST_NUMBER = 4


@dataclass(frozen=True)
class Who:
    """Someone as they were written down: what was said of them, made alike. What was not said is empty."""

    email: str = ""
    number: str = ""
    name: str = ""

    def __bool__(self) -> bool:
        return bool(self.email or self.number or self.name)

    @property
    def strong(self) -> list[str]:
        """What belongs to one person alone, as hashes."""
        said = ((Kind.EMAIL, self.email), (Kind.NUMBER, self.number))
        return [keyed(kind, value) for kind, value in said if value]

    @property
    def marks(self) -> list[str]:
        """Everything said, as hashes."""
        return [*self.strong, *([keyed(Kind.NAME, self.name)] if self.name else [])]


def who(*, email: str = "", number: str = "", name: str = "") -> Who:
    """Make what was written down alike."""
    return Who(alike_email(email), alike_number(number), alike_name(name))


def read_who(written: str) -> Who:
    """Read an address, a number or a name from one line."""
    if "@" in written:
        return who(email=written)
    digits = sum(sign.isdigit() for sign in written)
    return who(number=written) if digits >= 2 else who(name=written)


def alike_email(written: str) -> str:
    """Give an address in small letters; one without an @ is none."""
    email = unicodedata.normalize("NFKC", written).strip().strip("<>").casefold()
    return email if re.fullmatch(r"[^@\s]+@[^@\s]+", email) else ""


def alike_number(written: str) -> str:
    """Give a number's letters and digits, without the abbreviation of the body that keeps the register."""
    plain = "".join(sign for sign in unicodedata.normalize("NFKC", written).casefold() if sign.isalnum())
    number = BODIES.sub("", plain)
    enough = len(number) >= SHORTEST_NUMBER and any(sign.isdigit() for sign in number)
    return number if enough else ""


def alike_name(written: str) -> str:
    """Give a name's words without case, accents, titles and order. A single word is nobody's name."""
    text = ACCENTS.sub("", unicodedata.normalize("NFKD", written.casefold())).translate(LETTERS)
    text = unicodedata.normalize("NFC", APOSTROPHES.sub("", text))
    text = "".join(sign if unicodedata.category(sign)[0] in "LMN" else " " for sign in text)
    words = text.split()
    kept = [word for word in words if word not in TITLES]
    return " ".join(sorted(kept)) if len(kept) > 1 else ""


def keyed(kind: Kind, alike: str) -> str:
    """Hash what identifies a person, so that only this installation can compare it."""
    return hmac.new(settings.REGISTER_KEY, f"{kind} {alike}".encode(), hashlib.sha256).hexdigest()


def key_in_use() -> str:
    """Name the key without telling anything of it, so that a lost one is noticed."""
    return hmac.new(settings.REGISTER_KEY, b"which key", hashlib.sha256).hexdigest()[:8]
