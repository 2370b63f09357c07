"""Every room's models, gathered so that Django finds them under one label."""

from ampersand.agreements.models import *  # noqa: F403
from ampersand.boundaries.models import *  # noqa: F403
from ampersand.matching.models import *  # noqa: F403
from ampersand.meetings.models import *  # noqa: F403
from ampersand.notifications.models import *  # noqa: F403
from ampersand.pairs.models import *  # noqa: F403
from ampersand.people.models import *  # noqa: F403
from ampersand.record.models import *  # noqa: F403
from ampersand.schemes.models import *  # noqa: F403
