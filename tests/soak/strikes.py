"""What ends something, at once and without a word, and brings it back where nothing else does."""

import os
import signal


def kill_worker(site, server):
    """Kill one process that answers requests. Another takes its place by itself."""
    os.kill(server.workers[0], signal.SIGKILL)


def kill_postmaster(site, server):
    """Kill the database's first process, and start it again."""
    site.kill_postmaster()
    site.start()


def kill_backend(site, server):
    """Kill a process of the database that answers the site. It comes back by itself."""
    site.kill_backend()


def end_backends(site, server):
    """End the site's connections, as administrators of databases do."""
    site.end_backends()


def restart_database(site, server):
    """Stop the database in an orderly way, and start it again."""
    site.stop()
    site.start()


STRIKES = {
    "kill -9 of a web worker": kill_worker,
    "kill -9 of the postmaster": kill_postmaster,
    "kill -9 of a backend": kill_backend,
    "pg_terminate_backend": end_backends,
    "database stopped and started": restart_database,
}
