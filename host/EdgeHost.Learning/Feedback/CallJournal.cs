using System.Security.Cryptography;
using EdgeHost.Learning.Consents;
using EdgeHost.Learning.Examples;
using EdgeHost.Learning.Storage;
using EdgeHost.Storage.Databases;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EdgeHost.Learning.Feedback;

/// <summary>
/// The calls of late that feedback can be given on: a bounded number for each app, for a bounded time. An answer does not wait for the disk: it is written
/// within a second, and a crash may lose the last ones. What was judged is written only if the owner has consented to <see cref="Purpose"/>. Thread-safe.
/// </summary>
public sealed class CallJournal
{
    /// <summary>The purpose whose consent lets feedback become examples.</summary>
    public const string Purpose = "feedback";

    private const int IdBytes = 8;
    private const int MostCallsAtOnce = 256;

    private readonly LearningDatabase _database;
    private readonly ExampleStore _examples;
    private readonly LearningOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<CallJournal> _logger;
    private readonly Lock _gate = new();
    private readonly Queue<(string Id, DateTimeOffset Time, AnsweredCall Call)> _pending = [];
    private long _pendingBytes;
    private Task _writing = Task.CompletedTask;

    /// <summary>Creates it; opens nothing.</summary>
    public CallJournal(LearningDatabase database, ExampleStore examples, IOptions<LearningOptions> options, TimeProvider time, ILogger<CallJournal> logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        _database = database;
        _examples = examples;
        _options = options.Value;
        _time = time;
        _logger = logger;
    }

    /// <summary>Takes an answer, without waiting.</summary>
    /// <returns>Its id, 16 characters that nobody can guess; null if too many wait to be written.</returns>
    public string? Add(AnsweredCall call)
    {
        ArgumentNullException.ThrowIfNull(call);
        var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdBytes));
        lock (_gate)
        {
            if (_pending.Count >= _options.MaxPendingCalls || _pendingBytes + call.Input.Length > _options.MaxPendingBytes) return null;
            _pending.Enqueue((id, _time.GetUtcNow(), call));
            _pendingBytes += call.Input.Length;
        }

        return id;
    }

    /// <summary>Ties feedback to a call of an app. With a label, or where the answer was right, what was judged becomes an example if the owner has consented.</summary>
    /// <param name="owner">Who says it: feedback can be given on one's own calls only.</param>
    /// <param name="callId">The call's id.</param>
    /// <param name="note">What it says; the last one of a call counts.</param>
    /// <param name="cancellationToken">Stops waiting for the database.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: it says nothing, or something out of range; <see cref="ErrorCode.NotFound"/>: no such call, or not any
    /// more; or the store fails.</exception>
    public async Task<FeedbackResult> GiveAsync(ExampleOwner owner, string callId, FeedbackNote note, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(callId);
        ArgumentNullException.ThrowIfNull(note);
        Check(note);
        await FlushAsync(cancellationToken).ConfigureAwait(false);
        if (!_database.Exists) throw NoCall();
        var result = await _database.WriteAsync(connection => Give(connection, owner, callId, note, cancellationToken), cancellationToken).ConfigureAwait(false);
        if (result.Dataset is not null) _examples.TellRecorded();
        return result;
    }

    /// <summary>What was said about the answers of each model, those of all apps together: the calls that are kept.</summary>
    public async Task<IReadOnlyList<ModelFeedback>> SummariseAsync(CancellationToken cancellationToken = default)
        => _database.Exists
            ? await _database.ReadAsync(
                static connection => connection.Rows(
                    """
                    SELECT model, count(*), count(*) FILTER (WHERE correct = 1), count(*) FILTER (WHERE correct = 0), avg(rating) FROM call
                    WHERE model IS NOT NULL GROUP BY model ORDER BY model
                    """,
                    static row => new ModelFeedback(row.GetString(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.Number(4))),
                cancellationToken).ConfigureAwait(false)
            : [];

    /// <summary>Writes what waits, and waits for what is being written. A failure is logged: feedback cannot be given on those calls.</summary>
    /// <param name="cancellationToken">Stops waiting; what was begun is written all the same.</param>
    public Task FlushAsync(CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            _writing = WriteAfterAsync(_writing);
            return _writing.WaitAsync(cancellationToken);
        }
    }

    // One after the other: who gives feedback finds a call that another one is just writing.
    private async Task WriteAfterAsync(Task before)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        while (TakeSome() is { Count: > 0 } some)
        {
            try
            {
                await _database.WriteAsync(
                    connection =>
                    {
                        foreach (var (id, time, call) in some) Insert(connection, id, time, call);
                        foreach (var owner in some.Select(static entry => entry.Call.Owner).Distinct()) RemoveOldest(connection, owner);
                        return 0;
                    },
                    CancellationToken.None).ConfigureAwait(false);
            }
            catch (EdgeHostException e)
            {
                _logger.LogWarning("Feedback cannot be given on {Calls} answers, which could not be written: {Problem}", some.Count, e.Message);
            }
        }
    }

    /// <summary>Removes calls that have been kept for long enough.</summary>
    internal async Task ExpireAsync(CancellationToken cancellationToken)
    {
        var until = (_time.GetUtcNow() - _options.CallRetention).ToUnixTimeMilliseconds();
        int removed;
        do
        {
            removed = await _database.WriteAsync(
                connection => connection.Execute("DELETE FROM call WHERE id IN (SELECT id FROM call WHERE time <= $1 LIMIT $2)", until, (long)_options.UpkeepBatch),
                cancellationToken).ConfigureAwait(false);
        }
        while (removed == _options.UpkeepBatch);
    }

    private static void Check(FeedbackNote note)
    {
        var problem = note switch
        {
            { IsCorrect: null, Label: null, Rating: null } => "Feedback says at least one of correct, label and rating.",
            { Label: { Length: 0 or > ExampleRules.MaxTextLength } } => $"A label has 1 to {ExampleRules.MaxTextLength} characters.",
            { Rating: { } rating } when !(rating is >= 0 and <= 1) => $"The rating is {rating}; allowed are 0 to 1.",
            _ => null,
        };
        if (problem is not null) throw new EdgeHostException(ErrorCode.InvalidArgument, problem);
    }

    private static void Insert(StoreConnection connection, string id, DateTimeOffset time, AnsweredCall call)
    {
        var mayKeep = call.Input.Length > 0 && ConsentStore.IsGranted(connection, call.Owner, Purpose);
        connection.Execute(
            "INSERT INTO call (owner, name, method, model, request_hash, kind, input, label, confidence, time, dataset) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
            OwnerTable.FindOrAdd(connection, call.Owner),
            id,
            call.Method,
            call.Model,
            call.RequestHash,
            (long)call.Kind,
            mayKeep ? call.Input : null,
            call.Label,
            call.Confidence,
            time.ToUnixTimeMilliseconds(),
            call.Dataset);
    }

    private void RemoveOldest(StoreConnection connection, ExampleOwner owner)
        => connection.Execute(
            """
            DELETE FROM call WHERE owner = $1 AND id <= (SELECT id FROM call WHERE owner = $1 ORDER BY id DESC LIMIT 1 OFFSET $2)
            """,
            OwnerTable.Find(connection, owner), (long)_options.MaxAppCalls);

    private FeedbackResult Give(StoreConnection connection, ExampleOwner owner, string callId, FeedbackNote note, CancellationToken cancellationToken)
    {
        var call = connection.Rows(
            "SELECT id, method, model, kind, input, label, dataset FROM call WHERE owner = $1 AND name = $2",
            static row => new
            {
                Id = row.GetInt64(0),
                Method = row.GetString(1),
                Model = row.Text(2),
                Kind = (ExampleKind)row.GetInt64(3),
                Input = row.Bytes(4),
                Label = row.Text(5),
                Dataset = row.Text(6),
            },
            OwnerTable.Find(connection, owner), callId).SingleOrDefault() ?? throw NoCall();
        var isCorrect = note.IsCorrect ?? (note.Label is null ? null : note.Label == call.Label);
        connection.Execute("UPDATE call SET correct = $2, given_label = $3, rating = $4 WHERE id = $1", call.Id, isCorrect is { } said ? (said ? 1L : 0L) : null, note.Label, note.Rating);
        var label = note.Label ?? (note.IsCorrect == true ? call.Label : null);
        var own = call.Dataset is { } made && FeatureDatasets.IsOf(made, call.Method) ? made : call.Method;
        var spec = SpecOf(connection, owner, call.Dataset, call.Kind) ?? new DatasetSpec { Name = own, Purpose = Purpose, Kind = call.Kind };
        var reason = (label, call.Input) switch
        {
            (null, _) => "The feedback does not say what would be right.",
            (_, null) => $"What was judged was not kept: the device's owner had not allowed '{owner.App}' to use it (edgehost training consent {owner.App} {Purpose} grant), or it cannot be learned from.",
            _ when !ConsentStore.IsGranted(connection, owner, Purpose) => $"The owner's consent to '{Purpose}' was revoked.",
            _ when !ConsentStore.IsGranted(connection, owner, spec.Purpose) => $"The owner's consent to '{spec.Purpose}' was revoked.",
            _ => null,
        };
        if (reason is not null) return new FeedbackResult(call.Method, call.Model, Dataset: null, reason);
        _examples.Record(connection, owner, spec, [new ExampleDraft { Content = call.Input!, Label = label }], cancellationToken);
        return new FeedbackResult(call.Method, call.Model, spec.Name, Reason: null);
    }

    private static DatasetSpec? SpecOf(StoreConnection connection, ExampleOwner owner, string? dataset, ExampleKind kind)
        => dataset is not null && OwnerTable.Find(connection, owner) is { } id && DatasetTable.Find(connection, id, dataset) is { } known && known.Kind == kind
            ? new DatasetSpec { Name = dataset, Purpose = known.Purpose, Kind = kind }
            : null;

    private List<(string Id, DateTimeOffset Time, AnsweredCall Call)> TakeSome()
    {
        var some = new List<(string, DateTimeOffset, AnsweredCall)>();
        lock (_gate)
        {
            while (some.Count < MostCallsAtOnce && _pending.TryDequeue(out var entry))
            {
                _pendingBytes -= entry.Call.Input.Length;
                some.Add(entry);
            }
        }

        return some;
    }

    private static EdgeHostException NoCall() => new(
        ErrorCode.NotFound, "The app has no such call, or it is too long ago. The id is in the $/info of an answer whose capability takes feedback; ask for it with explain.");
}
