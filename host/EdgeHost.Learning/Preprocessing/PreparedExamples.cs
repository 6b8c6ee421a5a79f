using System.Runtime.InteropServices;
using EdgeHost.Learning.Examples;
using EdgeHost.Learning.Storage;
using EdgeHost.Storage.Databases;
using Microsoft.Extensions.Options;

namespace EdgeHost.Learning.Preprocessing;

/// <summary>
/// The vectors of examples, kept so that they are made once for each content and specification: bounded by bytes, those used longest ago go first, and with its
/// example a vector goes too. Thread-safe.
/// </summary>
public sealed class PreparedExamples
{
    private readonly LearningDatabase _database;
    private readonly LearningOptions _options;
    private readonly TimeProvider _time;

    /// <summary>Creates it; opens nothing.</summary>
    public PreparedExamples(LearningDatabase database, IOptions<LearningOptions> options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        _database = database;
        _options = options.Value;
        _time = time;
    }

    /// <summary>The vectors of examples, in their order.</summary>
    /// <param name="examples">Examples of the store, at most a page of them.</param>
    /// <param name="preprocessor">How they become vectors.</param>
    /// <param name="cancellationToken">Stops; what was made by then is not kept.</param>
    /// <exception cref="EdgeHostException">The store fails, or as <see cref="Preprocessor.ApplyAsync"/>, with the example.</exception>
    public async Task<IReadOnlyList<float[]>> PrepareAsync(IReadOnlyList<StoredExample> examples, Preprocessor preprocessor, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(examples);
        ArgumentNullException.ThrowIfNull(preprocessor);
        if (examples.Count == 0) return [];
        var spec = preprocessor.Spec.Hash();
        var known = await FindAsync(examples, spec, cancellationToken).ConfigureAwait(false);
        var vectors = new float[examples.Count][];
        var made = new List<(long Example, byte[] Vector)>();
        for (var i = 0; i < examples.Count; i++)
        {
            if (known.TryGetValue(examples[i].Id, out var bytes))
            {
                vectors[i] = MemoryMarshal.Cast<byte, float>(bytes).ToArray();
                continue;
            }

            vectors[i] = await ApplyAsync(examples[i], preprocessor, cancellationToken).ConfigureAwait(false);
            made.Add((examples[i].Id, MemoryMarshal.AsBytes(vectors[i].AsSpan()).ToArray()));
        }

        if (_options.MaxCacheBytes > 0) await KeepAsync(spec, [.. known.Keys], made, cancellationToken).ConfigureAwait(false);
        return vectors;
    }

    private static async ValueTask<float[]> ApplyAsync(StoredExample example, Preprocessor preprocessor, CancellationToken cancellationToken)
    {
        try
        {
            return await preprocessor.ApplyAsync(example.Content, cancellationToken).ConfigureAwait(false);
        }
        catch (EdgeHostException e) when (e.Code == ErrorCode.InvalidArgument)
        {
            throw new EdgeHostException(e.Code, $"Example {example.Id}{(example.Label is { } label ? $" ('{label}')" : string.Empty)} cannot be learned from: {e.Message} Record it again as it should be, or delete its dataset.", e);
        }
    }

    /// <summary>Bytes of vectors that are kept.</summary>
    internal Task<long> BytesAsync(CancellationToken cancellationToken)
        => _database.ReadAsync(static connection => connection.Scalar<long>("SELECT coalesce(sum(bytes), 0) FROM prepared"), cancellationToken);

    private Task<Dictionary<long, byte[]>> FindAsync(IReadOnlyList<StoredExample> examples, byte[] spec, CancellationToken cancellationToken)
        => _database.ReadAsync(
            connection =>
            {
                var known = new Dictionary<long, byte[]>();
                foreach (var example in examples)
                {
                    if (connection.Scalar<byte[]>("SELECT vector FROM prepared WHERE example = $1 AND spec = $2", example.Id, spec) is { } vector) known[example.Id] = vector;
                }

                return known;
            },
            cancellationToken);

    private Task<int> KeepAsync(byte[] spec, IReadOnlyList<long> used, List<(long Example, byte[] Vector)> made, CancellationToken cancellationToken)
        => _database.WriteAsync(
            connection =>
            {
                var now = _time.GetUtcNow().ToUnixTimeMilliseconds();
                foreach (var example in used) connection.Execute("UPDATE prepared SET used = $3 WHERE example = $1 AND spec = $2", example, spec, now);
                foreach (var (example, vector) in made)
                {
                    // Its example may have been deleted meanwhile.
                    connection.Execute(
                        "INSERT OR IGNORE INTO prepared (example, spec, vector, bytes, used) SELECT id, $2, $3, $4, $5 FROM example WHERE id = $1",
                        example, spec, vector, (long)vector.Length, now);
                }

                return Shrink(connection);
            },
            cancellationToken);

    private int Shrink(StoreConnection connection)
        => connection.Execute(
            """
            DELETE FROM prepared WHERE (example, spec) IN (
                SELECT example, spec FROM (SELECT example, spec, sum(bytes) OVER (ORDER BY used DESC, example DESC, spec) AS total FROM prepared) WHERE total > $1)
            """,
            _options.MaxCacheBytes);
}
