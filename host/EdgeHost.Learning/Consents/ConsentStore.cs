using EdgeHost.Learning.Examples;
using EdgeHost.Learning.Storage;
using EdgeHost.Storage.Databases;

namespace EdgeHost.Learning.Consents;

/// <summary>
/// What the device's owner allows apps to record, by purpose. Nothing is allowed until the owner says so; an app can take a consent back but never give
/// itself one. Thread-safe.
/// </summary>
public sealed class ConsentStore(LearningDatabase database, TimeProvider time)
{
    private const int MostListed = 10_000;

    /// <summary>Grants or revokes; the same again changes nothing. Whoever calls it speaks for the device's owner, or revokes for the app itself.</summary>
    /// <param name="owner">The app.</param>
    /// <param name="purpose">What for: 1 to 128 characters of <c>a-z 0-9 . _ -</c>.</param>
    /// <param name="isGranted">Whether it may.</param>
    /// <param name="cancellationToken">Stops waiting for the database.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: the purpose is none; or the store fails.</exception>
    public async Task<Consent> SetAsync(ExampleOwner owner, string purpose, bool isGranted, CancellationToken cancellationToken = default)
    {
        ExampleRules.CheckName("purpose", purpose);
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        return await database.WriteAsync(
            connection =>
            {
                connection.Execute(
                    """
                    INSERT INTO consent (app, uid, purpose, granted, since) VALUES ($1, $2, $3, $4, $5)
                    ON CONFLICT DO UPDATE SET granted = excluded.granted, since = excluded.since WHERE granted <> excluded.granted
                    """,
                    owner.App, owner.UserId, purpose, isGranted ? 1L : 0L, now);
                return List(connection, owner).Single(consent => consent.Purpose == purpose);
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The consents of one app, or of all, by app and purpose; those that were revoked too.</summary>
    public async Task<IReadOnlyList<Consent>> ListAsync(ExampleOwner? owner = null, CancellationToken cancellationToken = default)
        => database.Exists ? await database.ReadAsync(connection => List(connection, owner), cancellationToken).ConfigureAwait(false) : [];

    /// <summary>Asks within a transaction, so that a consent that is revoked meanwhile is not used.</summary>
    internal static bool IsGranted(StoreConnection connection, ExampleOwner owner, string purpose)
        => connection.Scalar<long>("SELECT granted FROM consent WHERE app = $1 AND uid = $2 AND purpose = $3", owner.App, owner.UserId, purpose) == 1;

    /// <summary>Throws where there is no consent.</summary>
    internal static void Require(StoreConnection connection, ExampleOwner owner, string purpose)
    {
        if (IsGranted(connection, owner, purpose)) return;
        throw new EdgeHostException(
            ErrorCode.PermissionDenied,
            $"The device's owner has not allowed '{owner.App}' to record examples for '{purpose}'. The owner can: edgehost training consent {owner.App} {purpose} grant")
        {
            Details = new Dictionary<string, string>(StringComparer.Ordinal) { ["purpose"] = purpose },
        };
    }

    private static List<Consent> List(StoreConnection connection, ExampleOwner? owner)
        => connection.Rows(
            "SELECT app, uid, purpose, granted, since FROM consent WHERE ($1 IS NULL OR (app = $1 AND uid = $2)) ORDER BY app, uid, purpose LIMIT $3",
            static row => new Consent(row.GetString(0), row.GetInt64(1), row.GetString(2), row.GetInt64(3) == 1, row.GetTime(4)),
            owner?.App, owner?.UserId, (long)MostListed);
}
