namespace EdgeHost.Plugins.Storage;

/// <summary>
/// The tables of a database and how older ones become them. The form is counted from 1 and kept in the database (<c>user_version</c>). Immutable.
/// </summary>
/// <param name="tables">Makes the tables of the newest form in an empty database.</param>
/// <param name="upgrades">Statements that bring form 1 to form 2, form 2 to form 3 and so on; none is ever changed once a plugin with it has shipped.</param>
public sealed class DatabaseSchema(string tables, params IReadOnlyList<string> upgrades)
{
    /// <summary>The newest form, which this one makes.</summary>
    public int Form { get; } = upgrades.Count + 1;

    /// <summary>Makes the tables where there are none, or brings older ones up to date, all in one transaction.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.FailedPrecondition"/>: a newer plugin has made it; or as <see cref="DatabaseErrors"/> says.</exception>
    internal void Prepare(DatabaseConnection connection, DatabaseErrors errors)
    {
        if (FormOf(connection, errors) == Form) return;
        connection.Transaction(
            () =>
            {
                // Another process may have been faster.
                var found = FormOf(connection, errors);
                if (found == Form) return 0;
                if (found == 0) connection.Run(tables);
                else foreach (var upgrade in upgrades.Skip(found - 1)) connection.Run(upgrade);
                connection.Run($"PRAGMA user_version = {Form}");
                return 0;
            },
            CancellationToken.None);
    }

    private int FormOf(DatabaseConnection connection, DatabaseErrors errors)
    {
        var found = (int)connection.Integer("PRAGMA user_version");
        return found <= Form ? found : throw errors.Newer(found, Form);
    }
}
