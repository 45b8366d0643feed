"""The WSGI application: pages, files and feeds."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mutirao.settings")
if os.environ.get("MUTIRAO_SUPERVISED"):
    from mutirao.core.serving import end_with_parent

    end_with_parent()

application = get_wsgi_application()

# What was loaded stays: looking through it for garbage over and over, and after every 700 new
# objects, took 3 of the directory's 22 ms (ADR 0008).
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 20)
