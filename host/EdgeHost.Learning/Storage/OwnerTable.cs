using EdgeHost.Learning.Examples;
using EdgeHost.Storage.Databases;

namespace EdgeHost.Learning.Storage;

/// <summary>The rows of apps.</summary>
internal static class OwnerTable
{
    /// <summary>The id of an app, or null if nothing is kept of it.</summary>
    public static long? Find(StoreConnection connection, ExampleOwner owner)
        => connection.Scalar<long?>("SELECT id FROM owner WHERE app = $1 AND uid = $2", owner.App, owner.UserId);

    /// <summary>The id of an app, made if there is none.</summary>
    public static long FindOrAdd(StoreConnection connection, ExampleOwner owner)
        => Find(connection, owner)
            ?? connection.Scalar<long>("INSERT INTO owner (app, uid) VALUES ($1, $2) RETURNING id", owner.App, owner.UserId);

    /// <summary>How many examples it has, and their bytes.</summary>
    public static (long Examples, long Bytes) Usage(StoreConnection connection, long owner)
        => connection.Rows("SELECT examples, bytes FROM owner WHERE id = $1", static row => (row.GetInt64(0), row.GetInt64(1)), owner).SingleOrDefault();

    /// <summary>Forgets apps of which nothing is kept any more.</summary>
    public static void RemoveUnused(StoreConnection connection) => connection.Execute(
        """
        DELETE FROM owner WHERE NOT EXISTS (SELECT 1 FROM dataset d WHERE d.owner = owner.id)
            AND NOT EXISTS (SELECT 1 FROM blob b WHERE b.owner = owner.id) AND NOT EXISTS (SELECT 1 FROM call c WHERE c.owner = owner.id)
        """);
}
