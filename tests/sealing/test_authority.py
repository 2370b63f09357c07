"""The installation's key is made once, kept closed, and says whose it is."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from cryptography import x509

from ampersand.sealing import Authority, certificates_in, load_sealer, make_authority, sealer_in


def test_the_first_start_makes_a_key_that_only_its_owner_can_read(tmp_path: Path) -> None:
    folder = tmp_path / "sealing"
    sealer = sealer_in(folder, name="Mentoring at Northside")
    assert stat.S_IMODE((folder / "key.pem").stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert certificates_in(folder / "certificate.pem") == [sealer.certificate]
    assert sorted(path.name for path in folder.iterdir()) == ["certificate.pem", "key.pem"]


def test_a_later_start_finds_the_same_key(tmp_path: Path) -> None:
    first = sealer_in(tmp_path, name="Northside")
    sealer_in.cache_clear()
    again = sealer_in(tmp_path, name="Renamed since")
    assert again.certificate == first.certificate
    assert again.key.private_numbers() == first.key.private_numbers()


def test_eight_starts_at_once_agree_on_one_key(tmp_path: Path) -> None:
    make = sealer_in.__wrapped__
    with ThreadPoolExecutor(8) as starts:
        made = list(starts.map(lambda _: make(tmp_path, name="Northside"), range(8)))
    assert len({sealer.certificate.serial_number for sealer in made}) == 1
    assert certificates_in(tmp_path / "certificate.pem") == [made[0].certificate]


def test_the_certificate_names_the_installation_and_may_only_sign_documents() -> None:
    certificate = x509.load_pem_x509_certificate(make_authority("Mentoring at Northside").certificate)
    assert "Mentoring at Northside" in certificate.subject.rfc4514_string()
    usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    assert usage.content_commitment
    assert not usage.key_cert_sign
    assert not certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca


def test_a_very_long_name_still_makes_a_certificate() -> None:
    assert load_sealer(make_authority("Ñ" * 300)).certificate


def test_a_key_that_belongs_to_another_certificate_is_refused() -> None:
    one, other = make_authority("One"), make_authority("Other")
    with pytest.raises(ValueError, match="do not belong together"):
        load_sealer(Authority(key=one.key, certificate=other.certificate))
