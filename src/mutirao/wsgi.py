"""The WSGI application: pages, files and feeds."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mutirao.settings")
if os.environ.get("MUTIRAO_SUPERVISED"):
    from mutirao.core.serving import end_with_parent

    end_with_parent()

application = get_wsgi_application()
