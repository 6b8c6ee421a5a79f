using System.Runtime.InteropServices;
using EdgeHost.Plugins.Recommendation.Content;
using EdgeHost.Plugins.Storage;

namespace EdgeHost.Plugins.Recommendation.Storage;

/// <summary>Pictures of items, and vectors that were made, or are to be made, of their texts and pictures. Used in the catalogue's turn.</summary>
internal sealed class ContentTable(DatabaseConnection connection)
{
    /// <summary>The tables as they came with the third form of the database.</summary>
    public const string Tables = """
        CREATE TABLE pictures(item TEXT PRIMARY KEY, bytes BLOB NOT NULL);
        CREATE TABLE vectors(item TEXT NOT NULL, part INTEGER NOT NULL, source BLOB NOT NULL, is_waiting INTEGER NOT NULL, model TEXT, vector BLOB, PRIMARY KEY(item, part)) WITHOUT ROWID;
        CREATE INDEX vectors_state ON vectors(part, is_waiting, model);
        """;

    /// <summary>How many vectors there are of each state, which the fourth form keeps: counting them after each batch took more time than making them. Old rows are counted.</summary>
    public const string Counts = """
        CREATE TABLE vector_counts(part INTEGER NOT NULL, is_waiting INTEGER NOT NULL, model TEXT NOT NULL, count INTEGER NOT NULL, PRIMARY KEY(part, is_waiting, model)) WITHOUT ROWID;
        INSERT INTO vector_counts SELECT part, is_waiting, coalesce(model, ''), count(*) FROM vectors GROUP BY 1, 2, 3;
        CREATE TRIGGER vectors_added AFTER INSERT ON vectors BEGIN
            INSERT INTO vector_counts VALUES(new.part, new.is_waiting, coalesce(new.model, ''), 1) ON CONFLICT DO UPDATE SET count = count + 1;
        END;
        CREATE TRIGGER vectors_gone AFTER DELETE ON vectors BEGIN
            UPDATE vector_counts SET count = count - 1 WHERE part = old.part AND is_waiting = old.is_waiting AND model = coalesce(old.model, '');
        END;
        CREATE TRIGGER vectors_changed AFTER UPDATE OF part, is_waiting, model ON vectors BEGIN
            UPDATE vector_counts SET count = count - 1 WHERE part = old.part AND is_waiting = old.is_waiting AND model = coalesce(old.model, '');
            INSERT INTO vector_counts VALUES(new.part, new.is_waiting, coalesce(new.model, ''), 1) ON CONFLICT DO UPDATE SET count = count + 1;
        END;
        """;

    private const string VectorColumns = "item, part, source, model, vector";

    /// <summary>How many parts have a vector, wait for one, or cannot have one.</summary>
    public List<(ContentPart Part, bool IsWaiting, string? Model, long Count)> States() => connection.Rows(
        "SELECT part, is_waiting, nullif(model, ''), count FROM vector_counts WHERE count > 0",
        static row => ((ContentPart)row.Integer(0), row.Integer(1) != 0, row.TextOrNull(2), row.Integer(3)));

    /// <summary>Whether a part of an item is made, or is to be made.</summary>
    public bool Has(string item, ContentPart part) => connection.Integer("SELECT EXISTS(SELECT 1 FROM vectors WHERE item = ?1 AND part = ?2)", item, (long)part) != 0;

    /// <summary>A part of an item is to be made, unless it was made of the same source already.</summary>
    public void Want(string item, ContentPart part, byte[] source) => connection.Execute(
        "INSERT INTO vectors(item, part, source, is_waiting) VALUES(?1, ?2, ?3, 1) "
        + "ON CONFLICT(item, part) DO UPDATE SET source = excluded.source, is_waiting = 1, model = NULL, vector = NULL WHERE source <> excluded.source",
        item, (long)part, source);

    /// <summary>An item has a part no more.</summary>
    public void Drop(string item, ContentPart part) => connection.Execute("DELETE FROM vectors WHERE item = ?1 AND part = ?2", item, (long)part);

    public void PutPicture(string item, byte[] bytes) => connection.Execute("INSERT OR REPLACE INTO pictures(item, bytes) VALUES(?1, ?2)", item, bytes);

    public void DropPicture(string item) => connection.Execute("DELETE FROM pictures WHERE item = ?1", item);

    /// <summary>The picture of an item; null for none.</summary>
    public byte[]? Picture(string item) => connection.First<byte[]?>("SELECT bytes FROM pictures WHERE item = ?1", static row => row.Bytes(0), null, item);

    /// <summary>Some items whose part is to be made.</summary>
    public List<(string Item, byte[] Source)> Waiting(ContentPart part, int most)
        => connection.Rows("SELECT item, source FROM vectors WHERE part = ?1 AND is_waiting = 1 LIMIT ?2", static row => (row.Text(0), row.Bytes(1)), (long)part, most);

    /// <summary>A part is made, or cannot be made; nothing happens where its source has changed meanwhile.</summary>
    public void Put(ContentVector vector) => connection.Execute(
        "UPDATE vectors SET is_waiting = 0, model = ?4, vector = ?5 WHERE item = ?1 AND part = ?2 AND source = ?3",
        vector.Item, (long)vector.Part, vector.Source, vector.Model, vector.Model is null ? null : MemoryMarshal.AsBytes(vector.Values.AsSpan()).ToArray());

    /// <summary>What other models made is to be made again; until then it is kept. Asks for smaller and greater names apart, as the index then leads to them alone.</summary>
    /// <returns>How many.</returns>
    public int WantOthersThan(ContentPart part, string model)
        => connection.Execute("UPDATE vectors SET is_waiting = 1 WHERE part = ?1 AND is_waiting = 0 AND model < ?2", (long)part, model)
            + connection.Execute("UPDATE vectors SET is_waiting = 1 WHERE part = ?1 AND is_waiting = 0 AND model > ?2", (long)part, model);

    /// <summary>One of those that are made is to be made again, to see whether the model is still the same.</summary>
    /// <returns>Whether there was one.</returns>
    public bool WantOne(ContentPart part) => connection.Execute(
        "UPDATE vectors SET is_waiting = 1 WHERE part = ?1 AND item = (SELECT item FROM vectors WHERE part = ?1 AND is_waiting = 0 AND model IS NOT NULL LIMIT 1)", (long)part) > 0;

    /// <summary>The numbers of a model's vectors; 0 where it made none.</summary>
    public int WidthOf(ContentPart part, string model)
        => (int)connection.Integer("SELECT length(vector) / 4 FROM vectors WHERE part = ?1 AND model = ?2 LIMIT 1", (long)part, model);

    /// <summary>The vectors of an item, whoever made them.</summary>
    public List<ContentVector> Of(string item) => connection.Rows($"SELECT {VectorColumns} FROM vectors WHERE item = ?1 AND model IS NOT NULL", ToVector, item);

    /// <summary>All vectors in order of items.</summary>
    public List<ContentVector> After(string item, int most)
        => connection.Rows($"SELECT {VectorColumns} FROM vectors WHERE item > ?1 AND model IS NOT NULL ORDER BY item LIMIT ?2", ToVector, item, most);

    /// <summary>Everything of an item is to be forgotten.</summary>
    public void Forget(string item)
    {
        DropPicture(item);
        connection.Execute("DELETE FROM vectors WHERE item = ?1", item);
    }

    private static ContentVector ToVector(DatabaseRow row)
        => new(row.Text(0), (ContentPart)row.Integer(1), row.Bytes(2), row.Text(3), MemoryMarshal.Cast<byte, float>(row.Bytes(4)).ToArray());
}
