"""What was being agreed and never signed by both goes when one of the two erases their account."""

from collections.abc import Collection

from django.db import transaction
from django.utils import timezone

from ampersand.agreements.models import Agreement, Filling, Scan, Signature
from ampersand.pairs.models import Pair


@transaction.atomic
def forget_unsigned(*, pairs: Collection[Pair]) -> None:
    """Empty the blanks of agreements that never had both signatures; call it once they ended.

    What both signed stays whole, names and all, for as long as either may need it.
    """
    unsigned = {"agreement__pair__in": pairs, "agreement__fingerprint": ""}
    Filling.objects.filter(**unsigned).update(
        suggested="", suggested_by=None, suggested_at=None, agreed="", agreed_at=None
    )
    Agreement.objects.filter(pair__in=pairs, fingerprint="").update(reworded="")
    Scan.objects.filter(**unsigned).delete()
    Agreement.objects.filter(pair__in=pairs, fingerprint="").update(reworded="")
    # A lone signature binds nobody any more; only one that has lapsed may be removed.
    Signature.objects.filter(**unsigned, lapsed_at=None).update(lapsed_at=timezone.now())
    Signature.objects.filter(agreement__pair__in=pairs).exclude(lapsed_at=None).delete()
