using EdgeHost.Plugins.Language.Generation.Caching;
using EdgeHost.Plugins.Language.Generation.Models;

namespace EdgeHost.Plugins.Language.Generation.Decoding;

/// <summary>
/// Writes the texts of one model: each step joins those that have one token to read, or reads a part of one prompt. A step runs on the lease of one of its texts, of the most urgent ones in turn, so
/// no lease outlives its call; where that call ends or fails, the others go on with another. The loop runs while there are texts. Thread-safe.
/// </summary>
internal sealed class DecodeLoop(GenerationModel model, GenerationOptions options, CacheBudget budget)
{
    // Caches are counted in pages of so many tokens.
    private const int PageTokens = 16;

    private readonly Lock _gate = new();
    private readonly Signal _signal = new();

    // Changed under the lock; the loop alone takes out.
    private readonly List<TextSequence> _waiting = [];
    private readonly List<TextSequence> _active = [];
    private bool _isRunning;
    private bool _readsNext;
    private long _arrivals;
    private long _ended;

    // A text that had to make room comes back when another one has ended.
    private long _mayAdmitAfter = -1;

    /// <summary>Takes a text in. It ends by itself, or with its token; its lease must be kept until <see cref="TextSequence.Ended"/> completes.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.ResourceExhausted"/>: too many wait, or it needs more memory than all texts together may have.</exception>
    public void Add(TextSequence text)
    {
        var bytes = BytesOf(text);
        if (bytes > budget.Bytes)
        {
            throw new EdgeHostException(
                ErrorCode.ResourceExhausted,
                $"The text needs {bytes:N0} bytes of caches for {text.Request.Prompt.Count + text.Request.MaxTokens} tokens; at most {budget.Bytes:N0} are allowed. Ask for fewer tokens, or raise the plugin's setting 'generation:cache_bytes'.");
        }

        lock (_gate)
        {
            if (_waiting.Count >= options.MaxWaiting + Math.Max(0, options.MaxSequences - _active.Count))
            {
                throw new EdgeHostException(
                    ErrorCode.ResourceExhausted, $"{_waiting.Count} texts wait for the model {model.Name} already; try again later, or raise the plugin's setting 'generation:max_waiting' ({options.MaxWaiting}).");
            }

            text.Number = _arrivals++;
            _waiting.Add(text);
            if (!_isRunning)
            {
                _isRunning = true;
                _ = Task.Run(RunAsync, CancellationToken.None);
            }
        }

        _signal.Set();
    }

    /// <summary>Has the loop look again: a reader has read, or a token was cancelled.</summary>
    public void Wake() => _signal.Set();

    private async Task RunAsync()
    {
        while (true)
        {
            DropCancelled();
            Admit();
            lock (_gate)
            {
                if (_active.Count == 0 && _waiting.Count == 0)
                {
                    _isRunning = false;
                    return;
                }
            }

            var (texts, count) = Choose();
            if (texts.Count == 0) await _signal.WaitAsync().ConfigureAwait(false);
            else await StepAsync(texts, count).ConfigureAwait(false);
        }
    }

    private async Task StepAsync(List<TextSequence> texts, int count)
    {
        var leader = texts.Where(text => text.Priority == texts[0].Priority).MinBy(static text => text.Led)!;
        try
        {
            leader.Led++;
            await DecoderStep.RunAsync(model.Graph, texts, count, leader.Lease, leader.CancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException e)
        {
            // The call's own token, or the host's for that call: either way the others go on.
            Remove(leader, () => leader.Fail(e));
            return;
        }
        catch (EdgeHostException e) when (e.Code == ErrorCode.ResourceExhausted && TryMakeRoom())
        {
            return;
        }
#pragma warning disable CA1031 // Whatever goes wrong in a step is its leader's error; the other texts must go on.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Remove(leader, () => leader.Fail(e));
            return;
        }

        foreach (var text in texts)
        {
            if (text.Unread == 0) Advance(text);
        }
    }

    private void Advance(TextSequence text)
    {
        try
        {
            if (text.Advance() is not { } reason) return;
            text.Leave();
            Remove(text, () => text.End(reason));
        }
        catch (EdgeHostException e)
        {
            Remove(text, () => text.Fail(e));
        }
    }

    // Reading a prompt and writing take turns, so that neither stands still for long; what is more urgent goes first.
    private (List<TextSequence> Texts, int Count) Choose()
    {
        lock (_gate)
        {
            TextSequence[] ready = [.. _active.Where(static text => !text.IsResting && !text.CancellationToken.IsCancellationRequested).OrderBy(static text => text.Rank).ThenBy(static text => text.Number)];
            var reader = ready.FirstOrDefault(static text => text.Unread > 1);
            List<TextSequence> writers = [.. ready.Where(static text => text.Unread == 1 && text.Cache is not null).Take(model.Graph.PadsRight is null ? 1 : options.MaxBatch)];

            // A prompt of one token is read like a longer one, since there is nothing to join yet.
            reader ??= ready.FirstOrDefault(static text => text.Cache is null);
            if (reader is null) return (writers, 1);
            if (writers.Count > 0 && (writers[0].Rank < reader.Rank || (writers[0].Priority == reader.Priority && !_readsNext)))
            {
                _readsNext = true;
                return (writers, 1);
            }

            _readsNext = false;
            return ([reader], Math.Min(reader.Unread, options.PromptChunk));
        }
    }

    private void Admit()
    {
        lock (_gate)
        {
            if (_ended <= _mayAdmitAfter && _active.Count > 0) return;
            while (_active.Count < options.MaxSequences && _waiting.OrderBy(static text => text.Rank).ThenBy(static text => text.Number).FirstOrDefault() is { } next)
            {
                var bytes = BytesOf(next);
                if (!budget.TryTake(bytes, _signal.Set)) return;
                next.Charged = bytes;
                _waiting.Remove(next);
                _active.Add(next);
            }
        }
    }

    private void DropCancelled()
    {
        TextSequence[] cancelled;
        lock (_gate)
        {
            cancelled = [.. _active.Concat(_waiting).Where(static text => text.CancellationToken.IsCancellationRequested)];
        }

        foreach (var text in cancelled) Remove(text, () => text.Fail(new OperationCanceledException(text.CancellationToken)));
    }

    // The host has no memory for more now: of several texts the one that came last, of the least urgent, is read anew later.
    private bool TryMakeRoom()
    {
        lock (_gate)
        {
            if (_active.Count < 2) return false;
            var last = _active.OrderBy(static text => text.Rank).ThenBy(static text => text.Number).Last();
            LetGo(last);
            _active.Remove(last);
            _waiting.Add(last);
            _mayAdmitAfter = _ended;
            return true;
        }
    }

    private void Remove(TextSequence text, Action end)
    {
        lock (_gate)
        {
            LetGo(text);
            _active.Remove(text);
            _waiting.Remove(text);
            _ended++;
        }

        end();
    }

    private void LetGo(TextSequence text)
    {
        text.Forget();
        if (text.Charged == 0) return;
        budget.Return(text.Charged);
        text.Charged = 0;
    }

    private long BytesOf(TextSequence text)
    {
        var tokens = (long)text.Request.Prompt.Count + text.Request.MaxTokens;
        return (tokens + PageTokens - 1) / PageTokens * PageTokens * model.Graph.BytesPerToken;
    }
}
