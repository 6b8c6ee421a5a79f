using System.Buffers;
using System.Numerics.Tensors;
using EdgeHost.Plugins.Text.Decoding;

namespace EdgeHost.Plugins.Translation.Marian;

/// <summary>
/// Follows the likeliest few hypotheses, by the rules of Hugging Face: scores are sums of log-probabilities; each step looks at the 2k best of all; an end among the first k closes
/// a hypothesis with its score divided by (tokens, the end counted)^penalty; it stops when k are closed and the best open one does not beat the worst of them.
/// </summary>
internal sealed class BeamSearch : ISentenceSearch
{
    private readonly MarianConfig _config;
    private readonly int _limit;
    private readonly Candidate[] _candidates;
    private readonly List<(double Score, int[] Tokens, bool IsCut)> _closed = [];
    private int[][] _open = [[]];
    private double[] _scores = [0];
    private int _steps;

    /// <summary>Begins.</summary>
    /// <param name="config">The model's.</param>
    /// <param name="beams">k; ≥ 2, and 2k less than the vocabulary.</param>
    /// <param name="limit">Most tokens; ≥ 1.</param>
    public BeamSearch(MarianConfig config, int beams, int limit)
    {
        (_config, Width, _limit) = (config, beams, limit);
        _candidates = new Candidate[2 * beams];
    }

    public int Width { get; }

    public bool IsDone { get; private set; }

    public IReadOnlyList<int> Tokens => _closed[0].Tokens;

    public bool IsCut => _closed[0].IsCut;

    public void Advance(Span<float> logits, Span<int> tokens, Span<int> parents)
    {
        var found = FindCandidates(logits);
        _steps++;
        var norm = Math.Pow(_steps, _config.LengthPenalty);
        var (open, scores, count) = (new int[Width][], new double[Width], 0);
        for (var rank = 0; rank < found && count < Width; rank++)
        {
            var candidate = _candidates[rank];
            if (candidate.Token == _config.EndId)
            {
                if (rank < Width) Close(candidate.Score / norm, _open[candidate.Row], isCut: false);
                continue;
            }

            open[count] = [.. _open[candidate.Row], candidate.Token];
            (scores[count], tokens[count], parents[count]) = (candidate.Score, candidate.Token, candidate.Row);
            count++;
        }

        // Rows are as many in each step: where fewer go on, the last one is there again, never to win.
        for (var i = count; i < Width; i++) (open[i], scores[i], tokens[i], parents[i]) = (open[0], double.NegativeInfinity, tokens[0], parents[0]);
        (_open, _scores) = (open, scores);
        if (_closed.Count == Width && scores[0] / norm <= _closed[^1].Score) IsDone = true;
        else if (_steps >= _limit) CloseOpen(norm);
        else if (RepetitionRule.Find(open[0]) is { } kept)
        {
            // It would go round for ever: what was closed counts, else what there is up to the circle.
            if (_closed.Count == 0) Close(scores[0] / norm, open[0][..kept], isCut: true);
            IsDone = true;
        }
    }

    // The 2k best of all rows, best first; how many there are.
    private int FindCandidates(Span<float> logits)
    {
        var (vocabulary, found) = (logits.Length / _open.Length, 0);
        var shares = ArrayPool<float>.Shared.Rent(vocabulary);
        try
        {
            for (var row = 0; row < _open.Length; row++)
            {
                if (double.IsNegativeInfinity(_scores[row])) continue;
                var values = logits.Slice(row * vocabulary, vocabulary);
                foreach (var banned in _config.Banned) values[banned] = float.NegativeInfinity;
                var highest = TensorPrimitives.Max<float>(values);
                TensorPrimitives.Subtract(values, highest, shares);
                TensorPrimitives.Exp(shares.AsSpan(0, vocabulary), shares);
                var offset = _scores[row] - highest - Math.Log(TensorPrimitives.Sum<float>(shares.AsSpan(0, vocabulary)));
                found = Scan(values, offset, row, found);
            }
        }
        finally
        {
            ArrayPool<float>.Shared.Return(shares);
        }

        return found;
    }

    private int Scan(ReadOnlySpan<float> values, double offset, int row, int found)
    {
        for (var token = 0; token < values.Length; token++)
        {
            var score = values[token] + offset;
            if (found == _candidates.Length && score <= _candidates[^1].Score) continue;
            if (double.IsNaN(score) || double.IsNegativeInfinity(score)) continue;
            var at = found < _candidates.Length ? found++ : found - 1;
            while (at > 0 && _candidates[at - 1].Score < score)
            {
                _candidates[at] = _candidates[at - 1];
                at--;
            }

            _candidates[at] = new Candidate(score, row, token);
        }

        return found;
    }

    private void Close(double score, int[] tokens, bool isCut)
    {
        var at = _closed.FindIndex(other => other.Score < score);
        _closed.Insert(at < 0 ? _closed.Count : at, (score, tokens, isCut));
        if (_closed.Count > Width) _closed.RemoveAt(Width);
    }

    private void CloseOpen(double norm)
    {
        for (var i = 0; i < _open.Length; i++) Close(_scores[i] / norm, _open[i], isCut: true);
        IsDone = true;
    }

    private readonly record struct Candidate(double Score, int Row, int Token);
}
