using System.Text.Json;
using EdgeHost.Deployment.Gates;
using EdgeHost.Deployment.Versions;
using EdgeHost.Storage.Databases;

namespace EdgeHost.Deployment.Storage;

/// <summary>Rows of versions and events. Called within a transaction.</summary>
internal static class VersionRows
{
    private const string Columns =
        "id, model, app, uid, version, state, reason, base, parent, replaced, lineage, gate, sha256, bytes, folder, files, added, changed, watched, trial";

    public static List<ModelVersion> Find(this StoreConnection connection, string? model, VersionScope? scope)
        => connection.Rows(
            $"""
            SELECT {Columns} FROM version WHERE ($1 IS NULL OR model = $1) AND ($2 IS NULL OR (app = $2 AND uid = $3)) ORDER BY model, id DESC
            """,
            Read,
            model,
            scope is null ? null : scope.App ?? string.Empty,
            scope?.UserId);

    /// <summary>Those that may serve somebody: with files, whatever their state.</summary>
    public static List<ModelVersion> WithFiles(this StoreConnection connection) => connection.Rows($"SELECT {Columns} FROM version WHERE files = 1", Read);

    public static long NextNumber(this StoreConnection connection, string model)
        => connection.Scalar<long>("INSERT INTO counter (model, number) VALUES ($1, 1) ON CONFLICT (model) DO UPDATE SET number = number + 1 RETURNING number", model);

    public static ModelVersion Insert(this StoreConnection connection, ModelVersion version)
        => version with
        {
            Id = connection.Scalar<long>(
                """
                INSERT INTO version (model, app, uid, version, state, reason, base, parent, lineage, gate, sha256, bytes, folder, files, added, changed)
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 1, $14, $14) RETURNING id
                """,
                version.Model,
                version.Scope.App ?? string.Empty,
                version.Scope.UserId,
                version.Version,
                (int)version.State,
                version.Reason,
                version.Base,
                version.Parent,
                version.Lineage,
                version.Gate is null ? null : JsonSerializer.Serialize(version.Gate, GateJson.Default.GateRule),
                version.GraphSha256,
                version.Bytes,
                version.Folder,
                version.Added.ToUnixTimeMilliseconds()),
        };

    /// <summary>Writes what a move changes.</summary>
    public static void Update(this StoreConnection connection, ModelVersion version)
        => connection.Execute(
            "UPDATE version SET state = $2, reason = $3, replaced = $4, changed = $5, watched = $6, trial = $7 WHERE id = $1",
            version.Id,
            (int)version.State,
            version.Reason,
            version.Replaced,
            version.Changed.ToUnixTimeMilliseconds(),
            version.WatchedUntil?.ToUnixTimeMilliseconds(),
            version.Trial);

    public static void Append(this StoreConnection connection, VersionEvent entry)
        => connection.Execute(
            "INSERT INTO event (time, model, app, uid, version, origin, target, actor, reason, figures) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
            entry.Time.ToUnixTimeMilliseconds(),
            entry.Model,
            entry.Scope.App ?? string.Empty,
            entry.Scope.UserId,
            entry.Version,
            entry.From is { } from ? (int)from : null,
            (int)entry.To,
            (int)entry.Actor,
            entry.Reason,
            entry.Figures);

    public static List<VersionEvent> Events(this StoreConnection connection, string? model, VersionScope? scope, int most)
        => connection.Rows(
            """
            SELECT time, model, app, uid, version, origin, target, actor, reason, figures FROM event
            WHERE ($1 IS NULL OR model = $1) AND ($2 IS NULL OR (app = $2 AND uid = $3)) ORDER BY id DESC LIMIT $4
            """,
            static row => new VersionEvent(
                row.GetTime(0),
                row.GetString(1),
                Scope(row, 2),
                row.GetString(4),
                row.IsNull(5) ? null : (VersionState)row.GetInt32(5),
                (VersionState)row.GetInt32(6),
                (VersionActor)row.GetInt32(7),
                row.GetString(8),
                row.GetString(9)),
            model,
            scope is null ? null : scope.App ?? string.Empty,
            scope?.UserId,
            most);

    private static ModelVersion Read(StoreRow row) => new()
    {
        Id = row.GetInt64(0),
        Model = row.GetString(1),
        Scope = Scope(row, 2),
        Version = row.GetString(4),
        State = (VersionState)row.GetInt32(5),
        Reason = row.GetString(6),
        Base = row.Text(7),
        Parent = row.Text(8),
        Replaced = row.Text(9),
        Lineage = row.GetString(10),
        Gate = row.Text(11) is { } gate ? JsonSerializer.Deserialize(gate, GateJson.Default.GateRule) : null,
        GraphSha256 = row.GetString(12),
        Bytes = row.GetInt64(13),
        Folder = row.GetString(14),
        HasFiles = row.GetInt64(15) != 0,
        Added = row.GetTime(16),
        Changed = row.GetTime(17),
        WatchedUntil = row.Time(18),
        Trial = row.Text(19),
    };

    private static VersionScope Scope(StoreRow row, int column)
        => row.GetString(column) is { Length: > 0 } app ? new VersionScope(app, row.GetInt64(column + 1)) : VersionScope.Device;
}
