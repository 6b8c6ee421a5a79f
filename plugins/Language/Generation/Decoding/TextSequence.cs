using System.Text;
using System.Threading.Channels;
using EdgeHost.Plugins.Language.Generation.Caching;
using EdgeHost.Plugins.Language.Generation.Models;
using EdgeHost.Plugins.Language.Generation.Sampling;
using EdgeHost.PluginSdk;

namespace EdgeHost.Plugins.Language.Generation.Decoding;

/// <summary>
/// One text that is written. Its loop owns everything but what the call reads: <see cref="ReadAsync"/> and <see cref="Ended"/>, which are thread-safe.
/// </summary>
internal sealed class TextSequence
{
    private readonly GenerationModel _model;
    private readonly TokenSampler _sampler;
    private readonly StopText _stops;
    private readonly Decoder _utf8 = Encoding.UTF8.GetDecoder();
    private readonly Channel<string> _pieces = Channel.CreateUnbounded<string>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });
    private readonly TaskCompletionSource<FinishReason> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly int _maxBacklog;
    private int _backlog;

    /// <summary>Begins a text.</summary>
    public TextSequence(GenerationModel model, TextRequest request, IModelLease lease, CallPriority priority, int maxBacklog, CancellationToken cancellationToken)
    {
        (_model, Request, Lease, Priority, _maxBacklog, CancellationToken) = (model, request, lease, priority, maxBacklog, cancellationToken);
        _sampler = new TokenSampler(request.Sampling, request.Prompt);
        _stops = new StopText(request.Stops);
        Tokens = [.. request.Prompt];
        Cache = request.Known;
        Reused = Cache?.Length ?? 0;
        Logits = new float[model.Graph.Vocabulary];
    }

    /// <summary>What is wanted.</summary>
    public TextRequest Request { get; }

    /// <summary>Runs steps on the account of the text's call.</summary>
    public IModelLease Lease { get; }

    /// <summary>How urgent it is.</summary>
    public CallPriority Priority { get; }

    /// <summary>The lower, the more urgent.</summary>
    public int Rank => -(int)Priority;

    /// <summary>Ends it.</summary>
    public CancellationToken CancellationToken { get; }

    /// <summary>The prompt and what was generated.</summary>
    public List<int> Tokens { get; }

    /// <summary>What the last step said of the token that comes next: a number for each that the model tells apart.</summary>
    public float[] Logits { get; }

    /// <summary>How many tokens were generated.</summary>
    public int Generated => Tokens.Count - Request.Prompt.Count;

    /// <summary>What the model has read of it; null for nothing.</summary>
    public CacheRow? Cache { get; private set; }

    /// <summary>How many tokens the model has not read.</summary>
    public int Unread => Tokens.Count - (Cache?.Length ?? 0);

    /// <summary>Tokens of the prompt that had been read before this call.</summary>
    public int Reused { get; }

    /// <summary>Bytes taken of the budget.</summary>
    public long Charged { get; set; }

    /// <summary>When it came, in the order of the loop.</summary>
    public long Number { get; set; }

    /// <summary>How many steps ran on its lease.</summary>
    public int Led { get; set; }

    /// <summary>Whether its reader has enough to read for now.</summary>
    public bool IsResting => Volatile.Read(ref _backlog) >= _maxBacklog;

    /// <summary>Whether it is over.</summary>
    public bool IsOver => _ended.Task.IsCompleted;

    /// <summary>Completes with the reason when the text has ended and its loop has let go of it; fails with what made it fail.</summary>
    public Task<FinishReason> Ended => _ended.Task;

    /// <summary>The text in pieces of whole characters, without bound but for <see cref="IsResting"/>.</summary>
    /// <param name="onRead">Called when a text that rested may go on.</param>
    public async IAsyncEnumerable<string> ReadAsync(Action onRead)
    {
        // Ends when the loop lets go, which it does soon after the token is cancelled.
        await foreach (var piece in _pieces.Reader.ReadAllAsync(CancellationToken.None).ConfigureAwait(false))
        {
            yield return piece;
            if (Interlocked.Decrement(ref _backlog) == _maxBacklog - 1) onRead();
        }
    }

    /// <summary>Takes over what the model has read.</summary>
    public void Keep(CacheRow cache)
    {
        Cache?.Dispose();
        Cache = cache;
    }

    /// <summary>What the model has read when the text has ended, with <see cref="Ended"/>; whoever awaits that disposes it. Null where it has failed.</summary>
    public CacheRow? Left { get; private set; }

    /// <summary>Leaves what the model has read to whoever awaits the end.</summary>
    public void Leave() => (Left, Cache) = (Cache, null);

    /// <summary>Forgets what the model has read.</summary>
    public void Forget()
    {
        Cache?.Dispose();
        Cache = null;
    }

    /// <summary>Chooses the next token by <see cref="Logits"/>, which it changes, and sends its text.</summary>
    /// <returns>Why the text has ended with it, or null.</returns>
    public FinishReason? Advance()
    {
        var logits = Logits.AsSpan(0, _model.Tokenizer.Count);
        Request.Guide?.Restrict(logits);
        var token = _sampler.Choose(logits);
        if (token < 0) throw new EdgeHostException(ErrorCode.FailedPrecondition, $"The model {_model.Name} gives no number for its next token; its files may be damaged.");
        Tokens.Add(token);
        if (_model.Ends.Contains(token)) return FinishReason.Stop;
        Send(_model.Tokenizer.BytesOf(token));
        Request.Guide?.Accept(_model.Tokenizer.BytesOf(token));
        if (_stops.HasStopped || Request.Guide is { IsComplete: true }) return FinishReason.Stop;
        return Generated >= Request.MaxTokens ? FinishReason.Length : null;
    }

    /// <summary>Ends it; its caches must have been let go of.</summary>
    public void End(FinishReason reason)
    {
        Write(_stops.Add(Flushed()));
        Write(_stops.Flush());
        _pieces.Writer.TryComplete();
        _ended.TrySetResult(reason);
    }

    /// <summary>Ends it with an error, or as cancelled.</summary>
    public void Fail(Exception error)
    {
        _pieces.Writer.TryComplete();
        if (error is OperationCanceledException) _ended.TrySetCanceled(CancellationToken);
        else _ended.TrySetException(error);
    }

    private void Send(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty) return;
        Span<char> characters = stackalloc char[Math.Min(bytes.Length + 4, 512)];
        while (!bytes.IsEmpty)
        {
            _utf8.Convert(bytes, characters, flush: false, out var read, out var written, out _);
            Write(_stops.Add(new string(characters[..written])));
            bytes = bytes[read..];
        }
    }

    // A character that never came to its end.
    private string Flushed()
    {
        Span<char> rest = stackalloc char[8];
        _utf8.Convert([], rest, flush: true, out _, out var written, out _);
        return new string(rest[..written]);
    }

    private void Write(string piece)
    {
        if (piece.Length == 0) return;
        Interlocked.Increment(ref _backlog);
        _pieces.Writer.TryWrite(piece);
    }
}
