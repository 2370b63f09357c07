"""The site as a WSGI application, for granian or any other such server."""

import os
import signal

from django.core.wsgi import get_wsgi_application

from ampersand.running.children import die_with_parent
from ampersand.running.logs import PART

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ampersand.settings")
if os.environ.get(PART) == "web":  # loaded by a child of our own web server, which must not outlive it
    die_with_parent(os.getppid(), signal.SIGKILL)

application = get_wsgi_application()
