namespace EdgeHost.Storage.Databases;

/// <summary>
/// The tables of a database and how older ones become them. The form is counted from 1 and kept in the database (<c>user_version</c>). Immutable.
/// </summary>
/// <param name="tables">Makes the tables of the newest form in an empty database.</param>
/// <param name="upgrades">Statements that bring form 1 to form 2, form 2 to form 3 and so on; none is ever changed once a host with it has shipped.</param>
public sealed class StoreSchema(string tables, params IReadOnlyList<string> upgrades)
{
    /// <summary>The newest form, which this one makes.</summary>
    public int Form { get; } = upgrades.Count + 1;

    /// <summary>Makes the tables where there are none, or brings older ones up to date. Called within a transaction that writes.</summary>
    internal void Ensure(StoreConnection connection)
    {
        var found = FormOf(connection);
        if (found == Form) return;
        if (found == 0) connection.Execute(tables);
        else foreach (var upgrade in upgrades.Skip(found - 1)) connection.Execute(upgrade);
        connection.Execute($"PRAGMA user_version = {Form}");
    }

    /// <summary>The form that a database has; 0 for an empty one.</summary>
    internal static int FormOf(StoreConnection connection) => (int)connection.Scalar<long>("PRAGMA user_version");
}
