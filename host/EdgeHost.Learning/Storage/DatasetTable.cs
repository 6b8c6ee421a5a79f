using System.Security.Cryptography;
using EdgeHost.Learning.Examples;
using EdgeHost.Storage.Databases;

namespace EdgeHost.Learning.Storage;

/// <summary>The rows of datasets.</summary>
internal static class DatasetTable
{
    private const int MostLabels = 100;

    /// <summary>Finds the dataset of a specification, or makes it.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.FailedPrecondition"/>: it was made in another way; <see cref="ErrorCode.ResourceExhausted"/>: too many.</exception>
    public static DatasetRow FindOrAdd(StoreConnection connection, long owner, DatasetSpec spec, LearningOptions options, DateTimeOffset now)
    {
        if (Find(connection, owner, spec.Name) is { } existing)
        {
            Compare(existing, spec);
            return existing;
        }

        var count = connection.Scalar<long>("SELECT count(*) FROM dataset WHERE owner = $1", owner);
        if (count >= options.MaxAppDatasets)
        {
            throw new EdgeHostException(ErrorCode.ResourceExhausted, $"The app has {count} datasets, the most it may have. Delete one with training.delete, or record into an existing one.");
        }

        connection.Execute(
            "INSERT INTO dataset (owner, name, purpose, kind, validation, test, retention, split_key, created) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            owner,
            spec.Name,
            spec.Purpose,
            (long)spec.Kind,
            spec.ValidationShare ?? SplitRule.DefaultShare,
            spec.TestShare ?? SplitRule.DefaultShare,
            (long?)spec.Retention?.TotalMilliseconds,
            RandomNumberGenerator.GetBytes(SplitRule.KeyBytes),
            now.ToUnixTimeMilliseconds());
        return Find(connection, owner, spec.Name)!;
    }

    public static DatasetRow? Find(StoreConnection connection, long owner, string name)
        => connection.Rows(
            "SELECT id, purpose, kind, validation, test, retention, split_key FROM dataset WHERE owner = $1 AND name = $2",
            static row => new DatasetRow(
                row.GetInt64(0), row.GetString(1), (ExampleKind)row.GetInt64(2), row.GetDouble(3), row.GetDouble(4), row.Integer(5), row.GetBytes(6)),
            owner, name).SingleOrDefault();

    public static List<DatasetInfo> List(StoreConnection connection, long owner, string? name)
        => connection.Rows(
            """
            SELECT d.name, d.purpose, d.kind, d.validation, d.test, d.retention, d.created, d.id,
                count(e.id) FILTER (WHERE e.split = 0), count(e.id) FILTER (WHERE e.split = 1), count(e.id) FILTER (WHERE e.split = 2),
                count(e.id) FILTER (WHERE e.label IS NULL), coalesce(sum(e.bytes), 0), max(e.recorded)
            FROM dataset d LEFT JOIN example e ON e.dataset = d.id WHERE d.owner = $1 AND ($2 IS NULL OR d.name = $2) GROUP BY d.id ORDER BY d.name
            """,
            row => new DatasetInfo
            {
                Name = row.GetString(0),
                Purpose = row.GetString(1),
                Kind = (ExampleKind)row.GetInt64(2),
                ValidationShare = row.GetDouble(3),
                TestShare = row.GetDouble(4),
                Retention = row.Integer(5) is { } retention ? TimeSpan.FromMilliseconds(retention) : null,
                Created = row.GetTime(6),
                Labels = Labels(connection, row.GetInt64(7)),
                Train = row.GetInt64(8),
                Validation = row.GetInt64(9),
                Test = row.GetInt64(10),
                Unlabelled = row.GetInt64(11),
                Bytes = row.GetInt64(12),
                LastRecorded = row.Time(13),
            },
            owner, name);

    private static List<LabelCount> Labels(StoreConnection connection, long dataset)
        => connection.Rows(
            "SELECT label, count(*) FROM example WHERE dataset = $1 AND label IS NOT NULL GROUP BY label ORDER BY count(*) DESC, label LIMIT $2",
            static row => new LabelCount(row.GetString(0), row.GetInt64(1)),
            dataset, (long)MostLabels);

    private static void Compare(DatasetRow existing, DatasetSpec spec)
    {
        var problem = spec switch
        {
            _ when spec.Kind != existing.Kind => $"is of {existing.Kind} examples, not {spec.Kind}",
            _ when spec.Purpose != existing.Purpose => $"is for '{existing.Purpose}', not '{spec.Purpose}'",
            { ValidationShare: { } share } when share != existing.ValidationShare => $"has a validation share of {existing.ValidationShare}, not {share}",
            { TestShare: { } share } when share != existing.TestShare => $"has a test share of {existing.TestShare}, not {share}",
            { Retention: { } retention } when (long)retention.TotalMilliseconds != existing.RetentionMs => "keeps its examples for another time",
            _ => null,
        };
        if (problem is not null)
        {
            throw new EdgeHostException(ErrorCode.FailedPrecondition, $"The dataset '{spec.Name}' {problem}, and that never changes. Record into another dataset, or delete this one first.");
        }
    }
}
