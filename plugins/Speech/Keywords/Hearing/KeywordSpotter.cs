using EdgeHost.Plugins.Speech.Audio;
using EdgeHost.Plugins.Speech.Keywords.Heads;

namespace EdgeHost.Plugins.Speech.Keywords.Hearing;

/// <summary>
/// Listens for any number of keywords in one sound, which is turned into vectors once for all of them. What is heard does not depend on how the sound is cut into pieces. Not
/// thread-safe.
/// </summary>
internal sealed class KeywordSpotter : IKeywordListener
{
    // Heads are surest shortly after the word; one that ends with the sound needs the silence that would follow.
    private const int HopsAfterTheEnd = 5;
    private readonly KeywordFeatures _features;
    private readonly SpeechGate? _gate;
    private readonly (IKeywordHead Head, KeywordTrigger Trigger)[] _keywords;
    private readonly VectorHistory _history;
    private readonly SampleQueue _input = new();
    private readonly float[] _hop = new float[KeywordFeatures.HopSamples];
    private readonly List<KeywordHit> _hits = [];
    private long _heard;

    /// <summary>Begins a sound.</summary>
    /// <param name="features">Turns it into vectors; disposed with this.</param>
    /// <param name="heads">The keywords, at least one; disposed with this.</param>
    /// <param name="gate">Says when somebody speaks; null: a keyword counts whatever it says. Disposed with this.</param>
    /// <param name="threshold">From which score a keyword counts; null: its own.</param>
    public KeywordSpotter(KeywordFeatures features, IReadOnlyList<IKeywordHead> heads, SpeechGate? gate, float? threshold)
    {
        (_features, _gate) = (features, gate);
        _keywords = [.. heads.Select(head => (head, new KeywordTrigger(threshold ?? head.Threshold)))];
        _history = new VectorHistory(heads.Max(static head => head.Window));
        _history.Fill(features.Silence);
    }

    /// <summary>Samples that came.</summary>
    public long Position { get; private set; }

    /// <summary>The models as id@version, in order of use.</summary>
    public IReadOnlyList<string> Models => [.. _features.Models, .. _keywords.Select(static keyword => keyword.Head.Model), .. _gate is null ? Array.Empty<string>() : [_gate.Model]];

    /// <summary>The highest score of each keyword so far, counted or not.</summary>
    public IReadOnlyList<KeywordHit> Peaks
        => [.. _keywords.Select(keyword => new KeywordHit(keyword.Head.Keyword, Math.Min(keyword.Trigger.PeakEnd, Position), keyword.Trigger.Peak))];

    /// <summary>Takes the next piece.</summary>
    /// <param name="samples">Any number, from -1 to 1; not kept.</param>
    /// <param name="cancellationToken">Stops; the sound is then not to be gone on with.</param>
    /// <returns>What was heard, in order of time; valid until the next piece.</returns>
    /// <exception cref="EdgeHostException">As the models say.</exception>
    public async ValueTask<IReadOnlyList<KeywordHit>> HearAllAsync(ReadOnlyMemory<float> samples, CancellationToken cancellationToken)
    {
        _hits.Clear();
        Position += samples.Length;
        samples.Span.CopyTo(_input.Append(samples.Length));
        while (_input.Count >= _hop.Length)
        {
            _input.Read(_hop);
            await HearHopAsync(cancellationToken).ConfigureAwait(false);
        }

        return _hits;
    }

    public async ValueTask<KeywordHit?> HearAsync(ReadOnlyMemory<float> samples16k, CancellationToken cancellationToken)
    {
        var hits = await HearAllAsync(samples16k, cancellationToken).ConfigureAwait(false);
        return hits.Count == 0 ? null : hits.MaxBy(static hit => hit.Score);
    }

    /// <summary>Ends the sound.</summary>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>What was heard in the last of it.</returns>
    /// <exception cref="EdgeHostException">As the models say.</exception>
    public async ValueTask<IReadOnlyList<KeywordHit>> FinishAsync(CancellationToken cancellationToken)
    {
        _hits.Clear();
        for (var hop = 0; hop <= HopsAfterTheEnd; hop++)
        {
            _hop.AsSpan(_input.Read(_hop)).Clear();
            await HearHopAsync(cancellationToken).ConfigureAwait(false);
        }

        return _hits;
    }

    public void Dispose()
    {
        foreach (var (head, _) in _keywords) head.Dispose();
        _gate?.Dispose();
        _features.Dispose();
    }

    private async ValueTask HearHopAsync(CancellationToken cancellationToken)
    {
        _heard += _hop.Length;
        await _features.HearAsync(_hop, _history.Append(), cancellationToken).ConfigureAwait(false);
        if (_gate is not null) await _gate.HearAsync(_hop, cancellationToken).ConfigureAwait(false);
        foreach (var (head, trigger) in _keywords)
        {
            var score = await head.ScoreAsync(_history.Newest(head.Window), cancellationToken).ConfigureAwait(false);
            if (trigger.Feed(score, _heard, _gate is not { IsOpen: false })) _hits.Add(new KeywordHit(head.Keyword, Math.Min(_heard, Position), score));
        }
    }
}
