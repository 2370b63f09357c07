"""The register of duties, what people declared beforehand, and who asked what."""

from ampersand.boundaries.models.asking import AskedAbout, CheckGrant, Question, Reach
from ampersand.boundaries.models.declared import DeclaredConflict, ProfessionalNumber
from ampersand.boundaries.models.register import Capacity, Duty, Identifier, Kind, Subject

__all__ = [
    "AskedAbout",
    "Capacity",
    "CheckGrant",
    "DeclaredConflict",
    "Duty",
    "Identifier",
    "Kind",
    "ProfessionalNumber",
    "Question",
    "Reach",
    "Subject",
]
