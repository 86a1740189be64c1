"""How gunicorn serves the portal; the same behind `make run` and in production."""

import os

wsgi_app = "umkm_portal.wsgi:application"
bind = f"127.0.0.1:{os.environ.get('PORT', '8000')}"
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = 4
control_socket_disable = True
accesslog = None
loglevel = "warning"
# Below the supervisor's patience, above the slowest upload we accept.
graceful_timeout = 10
timeout = 60
keepalive = 5
# Nobody waits longer for a page; then a clear sentence is better than a worker that is gone.
os.environ.setdefault("STATEMENT_TIMEOUT_MS", "5000")
