using AemloBridge.Data;
using Microsoft.Data.Sqlite;

namespace AemloBridge.Server.Storage.Embedded;

/// <summary>The tables, and the way from each version of them to the next.</summary>
internal static class Schema
{
    // "AEML": tells this program's databases from others'.
    private const int ApplicationId = 0x41454D4C;

    // A step is never changed once released; a new one is added. PRAGMA user_version is the number of steps done.
    private static readonly string[] Steps =
    [
        """
        CREATE TABLE datasets (
            tenant TEXT NOT NULL, id TEXT NOT NULL, name TEXT NOT NULL,
            rows INTEGER NOT NULL, features INTEGER NOT NULL, labels INTEGER NOT NULL, sparse INTEGER NOT NULL, entries INTEGER NOT NULL,
            bytes INTEGER NOT NULL, created INTEGER NOT NULL, last_used INTEGER NOT NULL,
            PRIMARY KEY (tenant, id)) STRICT, WITHOUT ROWID;
        CREATE INDEX datasets_by_use ON datasets (last_used);

        CREATE TABLE models (
            tenant TEXT NOT NULL, id TEXT NOT NULL, name TEXT NOT NULL,
            sha256 TEXT NOT NULL, dataset TEXT NOT NULL, method TEXT NOT NULL, options TEXT NOT NULL,
            features INTEGER NOT NULL, labels INTEGER NOT NULL, seed_rows INTEGER NOT NULL,
            bytes INTEGER NOT NULL, created INTEGER NOT NULL, last_used INTEGER NOT NULL,
            PRIMARY KEY (tenant, id)) STRICT, WITHOUT ROWID;
        CREATE INDEX models_by_age ON models (tenant, created, id);
        CREATE INDEX models_by_file ON models (tenant, sha256);
        CREATE INDEX models_by_use ON models (last_used);

        CREATE TABLE jobs (
            tenant TEXT NOT NULL, id TEXT NOT NULL, kind INTEGER NOT NULL, state INTEGER NOT NULL, has_ended INTEGER NOT NULL,
            request_id TEXT NOT NULL, request_hash TEXT NOT NULL,
            dataset TEXT NOT NULL, model TEXT NOT NULL, model_name TEXT NOT NULL, method TEXT NOT NULL, options TEXT NOT NULL,
            keep_running INTEGER NOT NULL, time_limit INTEGER, memory_estimate INTEGER NOT NULL,
            created INTEGER NOT NULL, started INTEGER, ended INTEGER,
            attempts INTEGER NOT NULL, lost_attempts INTEGER NOT NULL, attempt_epochs INTEGER NOT NULL,
            device TEXT NOT NULL, error BLOB, bytes INTEGER NOT NULL,
            PRIMARY KEY (tenant, id)) STRICT, WITHOUT ROWID;
        CREATE UNIQUE INDEX jobs_by_request ON jobs (tenant, request_id) WHERE request_id <> '';
        CREATE INDEX jobs_by_age ON jobs (tenant, created, id);
        CREATE INDEX jobs_unfinished ON jobs (tenant, created, id) WHERE has_ended = 0;
        CREATE INDEX jobs_by_end ON jobs (coalesce(ended, created)) WHERE has_ended = 1;

        CREATE TABLE removed (
            kind INTEGER NOT NULL, tenant TEXT NOT NULL, id TEXT NOT NULL, created INTEGER NOT NULL, removed INTEGER NOT NULL,
            PRIMARY KEY (kind, tenant, id)) STRICT, WITHOUT ROWID;
        """,
    ];

    /// <summary>The version this program writes.</summary>
    public static int Newest => Steps.Length;

    /// <summary>Brings a database to the newest version; true when it was empty.</summary>
    /// <exception cref="AemloInputException">It is another program's, or of a newer version of this one.</exception>
    public static bool Migrate(SqliteConnection connection, string path)
    {
        long version = connection.Number("PRAGMA user_version") ?? 0;
        bool isNew = version == 0 && connection.Number("SELECT count(*) FROM sqlite_schema") == 0;
        if (!isNew && connection.Number("PRAGMA application_id") != ApplicationId)
            throw new AemloInputException("this is not a database of AEMLO Bridge; choose another data folder", path);
        if (version > Newest)
        {
            throw new AemloInputException(
                $"this database was written by a newer version of AEMLO Bridge (its schema is {version}, this version knows {Newest}); use that version, or another data folder",
                path);
        }

        if (version == Newest)
            return false;
        using SqliteTransaction transaction = connection.BeginTransaction(deferred: false);
        foreach (string step in Steps[(int)version..])
            connection.Execute(step);
        connection.Execute($"PRAGMA application_id = {ApplicationId}");
        connection.Execute($"PRAGMA user_version = {Newest}");
        transaction.Commit();
        return isNew;
    }
}
