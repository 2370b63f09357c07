"""The counts of a scheme: its pairs by state, its invitations by what became of them."""

from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils import timezone

from ampersand.schemes.models import Invitation, Scheme


@dataclass(frozen=True)
class Counts:
    """How many pairs a scheme has in each state; dates and counts are all an organiser sees of them."""

    agreeing: int = 0
    in_force: int = 0
    ended: int = 0


def pair_counts(scheme: Scheme) -> Counts:
    rows = scheme.pairs.order_by().values_list("state").annotate(Count("pk"))
    return Counts(**dict(rows))


def invitations_of(scheme: Scheme) -> dict[str, int]:
    """Count a scheme's invitations by what became of them."""
    run_out, unused = Q(expires_at__lte=timezone.now()), Q(accepted_at=None, withdrawn_at=None)
    return Invitation.objects.filter(scheme=scheme).aggregate(
        accepted=Count("pk", filter=~Q(accepted_at=None)),
        withdrawn=Count("pk", filter=Q(accepted_at=None) & ~Q(withdrawn_at=None)),
        run_out=Count("pk", filter=unused & run_out),
        open=Count("pk", filter=unused & ~run_out),
    )
