using EdgeHost.Storage.Databases;

namespace EdgeHost.Learning.Storage;

/// <summary>The tables. Counters of apps are kept by triggers, so that no way of removing rows can forget them.</summary>
internal static class LearningSchema
{
    private const string Tables = """
        CREATE TABLE owner (
            id INTEGER PRIMARY KEY AUTOINCREMENT, app TEXT NOT NULL, uid INTEGER NOT NULL,
            examples INTEGER NOT NULL DEFAULT 0, bytes INTEGER NOT NULL DEFAULT 0, UNIQUE (app, uid));
        CREATE TABLE consent (
            app TEXT NOT NULL, uid INTEGER NOT NULL, purpose TEXT NOT NULL, granted INTEGER NOT NULL, since INTEGER NOT NULL,
            PRIMARY KEY (app, uid, purpose)) WITHOUT ROWID;
        CREATE TABLE dataset (
            id INTEGER PRIMARY KEY AUTOINCREMENT, owner INTEGER NOT NULL REFERENCES owner (id), name TEXT NOT NULL, purpose TEXT NOT NULL,
            kind INTEGER NOT NULL, validation REAL NOT NULL, test REAL NOT NULL, retention INTEGER, split_key BLOB NOT NULL, created INTEGER NOT NULL,
            UNIQUE (owner, name));
        CREATE TABLE blob (
            id INTEGER PRIMARY KEY AUTOINCREMENT, owner INTEGER NOT NULL REFERENCES owner (id), hash BLOB NOT NULL, bytes INTEGER NOT NULL,
            refs INTEGER NOT NULL DEFAULT 0, UNIQUE (owner, hash));
        CREATE INDEX blob_unused ON blob (id) WHERE refs = 0;
        CREATE TABLE example (
            id INTEGER PRIMARY KEY AUTOINCREMENT, owner INTEGER NOT NULL REFERENCES owner (id), dataset INTEGER NOT NULL REFERENCES dataset (id),
            hash BLOB NOT NULL, content BLOB, blob INTEGER REFERENCES blob (id), bytes INTEGER NOT NULL, label TEXT, grp TEXT,
            split INTEGER NOT NULL, time INTEGER NOT NULL, recorded INTEGER NOT NULL, UNIQUE (dataset, hash));
        CREATE INDEX example_age ON example (dataset, recorded);
        CREATE INDEX example_blob ON example (blob) WHERE blob IS NOT NULL;
        CREATE TABLE prepared (
            example INTEGER NOT NULL REFERENCES example (id) ON DELETE CASCADE, spec BLOB NOT NULL, vector BLOB NOT NULL, bytes INTEGER NOT NULL,
            used INTEGER NOT NULL, PRIMARY KEY (example, spec));
        CREATE INDEX prepared_use ON prepared (used DESC, example DESC, spec, bytes);
        CREATE TABLE call (
            id INTEGER PRIMARY KEY AUTOINCREMENT, owner INTEGER NOT NULL REFERENCES owner (id), name TEXT NOT NULL, method TEXT NOT NULL,
            model TEXT, request_hash BLOB NOT NULL, kind INTEGER NOT NULL, input BLOB, label TEXT, confidence REAL, time INTEGER NOT NULL,
            correct INTEGER, given_label TEXT, rating REAL, dataset TEXT, UNIQUE (owner, name));
        CREATE INDEX call_age ON call (time);
        CREATE TABLE drift (model TEXT NOT NULL, measure TEXT NOT NULL, state BLOB NOT NULL, PRIMARY KEY (model, measure)) WITHOUT ROWID;
        CREATE TRIGGER example_added AFTER INSERT ON example BEGIN
            UPDATE owner SET examples = examples + 1, bytes = bytes + iif(NEW.blob IS NULL, NEW.bytes, 0) WHERE id = NEW.owner;
            UPDATE blob SET refs = refs + 1 WHERE id = NEW.blob;
        END;
        CREATE TRIGGER example_removed AFTER DELETE ON example BEGIN
            UPDATE owner SET examples = examples - 1, bytes = bytes - iif(OLD.blob IS NULL, OLD.bytes, 0) WHERE id = OLD.owner;
            UPDATE blob SET refs = refs - 1 WHERE id = OLD.blob;
        END;
        CREATE TRIGGER blob_used AFTER UPDATE OF refs ON blob WHEN OLD.refs = 0 AND NEW.refs > 0 BEGIN
            UPDATE owner SET bytes = bytes + NEW.bytes WHERE id = NEW.owner;
        END;
        CREATE TRIGGER blob_left AFTER UPDATE OF refs ON blob WHEN OLD.refs > 0 AND NEW.refs = 0 BEGIN
            UPDATE owner SET bytes = bytes - NEW.bytes WHERE id = NEW.owner;
        END;
        """;

    /// <summary>What the second form has that the first had not.</summary>
    private const string FromFirst = "ALTER TABLE call ADD COLUMN dataset TEXT";

    /// <summary>What this host makes.</summary>
    public static StoreSchema Newest { get; } = new(Tables, FromFirst);
}
