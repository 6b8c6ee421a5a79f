using EdgeHost.Storage.Databases;

namespace EdgeHost.Deployment.Storage;

/// <summary>The tables. The database itself refuses two versions that serve, two that are tried, and changes of history.</summary>
internal static class VersionSchema
{
    private const string Tables = """
        CREATE TABLE counter (model TEXT PRIMARY KEY, number INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE version (
            id INTEGER PRIMARY KEY AUTOINCREMENT, model TEXT NOT NULL, app TEXT NOT NULL, uid INTEGER NOT NULL, version TEXT NOT NULL,
            state INTEGER NOT NULL, reason TEXT NOT NULL, base TEXT, parent TEXT, replaced TEXT, lineage TEXT NOT NULL, gate TEXT,
            sha256 TEXT NOT NULL, bytes INTEGER NOT NULL, folder TEXT NOT NULL UNIQUE, files INTEGER NOT NULL, added INTEGER NOT NULL,
            changed INTEGER NOT NULL, watched INTEGER, trial TEXT, UNIQUE (model, version));
        CREATE UNIQUE INDEX one_current ON version (model, app, uid) WHERE state = 3;
        CREATE UNIQUE INDEX one_candidate ON version (model, app, uid) WHERE state IN (1, 2);
        CREATE INDEX version_scope ON version (app, uid, files);
        CREATE TABLE event (
            id INTEGER PRIMARY KEY AUTOINCREMENT, time INTEGER NOT NULL, model TEXT NOT NULL, app TEXT NOT NULL, uid INTEGER NOT NULL,
            version TEXT NOT NULL, origin INTEGER, target INTEGER NOT NULL, actor INTEGER NOT NULL, reason TEXT NOT NULL, figures TEXT NOT NULL);
        CREATE INDEX event_model ON event (model, app, uid, id);
        CREATE TRIGGER event_stays BEFORE UPDATE ON event BEGIN SELECT RAISE(ABORT, 'history is not changed'); END;
        """;

    /// <summary>What this host makes.</summary>
    public static StoreSchema Newest { get; } = new(Tables);
}
