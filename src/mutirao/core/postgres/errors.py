"""What can go wrong with the embedded PostgreSQL, each as a message a person can act on."""


class PostgresError(RuntimeError):
    """Base of the errors of the embedded PostgreSQL."""


class StartFailed(PostgresError):
    """The cluster could not be made or started; ends with the last lines PostgreSQL wrote."""


class StopFailed(PostgresError):
    """The server did not stop in time; ends with what pg_ctl said."""


class VersionMismatch(PostgresError):
    """The data was made by another major version than the binaries we bring."""
