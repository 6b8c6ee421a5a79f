using System.Numerics.Tensors;

namespace EdgeHost.Plugins.Language.Generation.Sampling;

/// <summary>
/// Chooses the next token of one text, in this order: repetition, presence and frequency penalties, temperature, min-p, top-k, top-p, chance. Tokens whose logit is negative infinity never come. Not thread-safe.
/// </summary>
internal sealed class TokenSampler
{
    private readonly SamplingOptions _options;
    private readonly RandomSource _random;
    private readonly HashSet<int> _seen;
    private readonly Dictionary<int, int> _generated = [];
    private int[] _ids = [];
    private float[] _values = [];

    /// <summary>Begins a text.</summary>
    /// <param name="options">How it chooses.</param>
    /// <param name="prompt">The tokens before.</param>
    public TokenSampler(SamplingOptions options, IEnumerable<int> prompt)
    {
        (_options, _random) = (options, new RandomSource(options.Seed));
        _seen = options.RepetitionPenalty == 1 ? [] : [.. prompt];
    }

    /// <summary>Chooses.</summary>
    /// <param name="logits">One a token; changed.</param>
    /// <returns>The token; -1 where none may come.</returns>
    public int Choose(Span<float> logits)
    {
        Penalise(logits);
        var token = _options.Temperature == 0 ? Likeliest(logits) : Draw(logits);
        if (token < 0) return token;
        if (_options.RepetitionPenalty != 1) _seen.Add(token);
        if (_options.PresencePenalty != 0 || _options.FrequencyPenalty != 0) _generated[token] = _generated.GetValueOrDefault(token) + 1;
        return token;
    }

    private void Penalise(Span<float> logits)
    {
        if (_options.RepetitionPenalty != 1)
        {
            var penalty = (float)_options.RepetitionPenalty;
            foreach (var token in _seen)
            {
                if (token >= logits.Length) continue;
                ref var logit = ref logits[token];
                logit = logit > 0 ? logit / penalty : logit * penalty;
            }
        }

        foreach (var (token, count) in _generated) logits[token] -= (float)(_options.PresencePenalty + (_options.FrequencyPenalty * count));
    }

    private static int Likeliest(ReadOnlySpan<float> logits)
    {
        var best = TensorPrimitives.IndexOfMax(logits);
        return best >= 0 && float.IsFinite(logits[best]) ? best : -1;
    }

    private int Draw(Span<float> logits)
    {
        var highest = TensorPrimitives.Max<float>(logits);
        if (!float.IsFinite(highest)) return -1;
        TensorPrimitives.Subtract(logits, highest, logits);
        TensorPrimitives.Multiply(logits, (float)(1 / _options.Temperature), logits);
        TensorPrimitives.Exp<float>(logits, logits);
        var count = Candidates(logits);
        var isSorted = false;
        if (_options.TopK > 0 && _options.TopK < count)
        {
            Sort(count, ref isSorted);
            count = _options.TopK;
        }

        if (_options.TopP < 1)
        {
            Sort(count, ref isSorted);
            count = Nucleus(count);
        }

        var sum = 0.0;
        for (var i = 0; i < count; i++) sum += _values[i];
        var left = _random.Next() * sum;
        for (var i = 0; i < count; i++)
        {
            left -= _values[i];
            if (left < 0) return _ids[i];
        }

        return _ids[count - 1];
    }

    // Shares of the likeliest one: what has none, or less than min-p, is out. Being relative, min-p may go first.
    private int Candidates(ReadOnlySpan<float> shares)
    {
        if (_ids.Length < shares.Length) (_ids, _values) = (new int[shares.Length], new float[shares.Length]);
        var least = (float)_options.MinP;
        var count = 0;
        for (var token = 0; token < shares.Length; token++)
        {
            if (shares[token] <= 0 || shares[token] < least) continue;
            _ids[count] = token;
            _values[count++] = shares[token];
        }

        return count;
    }

    private int Nucleus(int count)
    {
        var all = 0.0;
        for (var i = 0; i < count; i++) all += _values[i];
        var (sum, kept) = (0.0, 0);
        while (kept < count && sum < _options.TopP * all) sum += _values[kept++];
        return Math.Max(1, kept);
    }

    // Likeliest first.
    private void Sort(int count, ref bool isSorted)
    {
        if (isSorted) return;
        isSorted = true;
        TensorPrimitives.Negate<float>(_values.AsSpan(0, count), _values.AsSpan(0, count));
        MemoryExtensions.Sort(_values.AsSpan(0, count), _ids.AsSpan(0, count), Comparer<float>.Default);
        TensorPrimitives.Negate<float>(_values.AsSpan(0, count), _values.AsSpan(0, count));
    }
}
