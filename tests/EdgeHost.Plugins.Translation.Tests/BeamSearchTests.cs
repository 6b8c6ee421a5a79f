using System.Text;
using CsCheck;
using EdgeHost.Plugins.Translation.Marian;

namespace EdgeHost.Plugins.Translation.Tests;

/// <summary>The beam search beside an independent, plain one of the same rules, on models that are functions of what was written.</summary>
public class BeamSearchTests
{
    private const int End = 0;
    private const int Padding = 11;
    private const int Vocabulary = 12;

    [Fact]
    public void Search_OfAnyModel_FindsWhatThePlainOneFinds()
        => Gen.Select(Gen.Int[0, 1_000_000], Gen.Int[2, 5], Gen.Int[1, 14], Gen.Double[0.0, 2.0]).Sample((seed, beams, limit, penalty) =>
        {
            var config = Config(penalty);
            Assert.Equal(Plain(seed, beams, limit, penalty), Found(new BeamSearch(config, beams, limit), seed));
        }, iter: 500);

    [Fact]
    public void Search_OfOne_IsGreedy()
        => Gen.Select(Gen.Int[0, 1_000_000], Gen.Int[1, 14]).Sample(static (seed, limit) =>
        {
            var greedy = new List<int>();
            while (greedy.Count < limit)
            {
                var logits = Logits(seed, greedy);
                logits[Padding] = float.NegativeInfinity;
                var best = Array.IndexOf(logits, logits.Max());
                if (best == End) break;
                greedy.Add(best);
            }

            Assert.Equal(greedy, Found(new GreedySearch(Config(1), limit), seed));
        }, iter: 300);

    [Fact]
    public void Search_OfAModelThatGoesRoundInCircles_IsCut()
    {
        foreach (ISentenceSearch search in new ISentenceSearch[] { new GreedySearch(Config(1), 100), new BeamSearch(Config(1), 4, 100) })
        {
            var (open, steps) = (new List<int[]> { Array.Empty<int>() }, 0);
            while (!search.IsDone)
            {
                // Always 3, 4, 3, 4, and never an end.
                var logits = new float[open.Count * Vocabulary];
                for (var row = 0; row < open.Count; row++) (logits[row * Vocabulary], logits[(row * Vocabulary) + 3 + (steps % 2)]) = (float.NegativeInfinity, 30);
                open = Step(search, open, logits);
                steps++;
            }

            Assert.True(search.IsCut);
            Assert.Equal([3, 4], search.Tokens);
            Assert.InRange(steps, 8, 20);
        }
    }

    private static MarianConfig Config(double penalty) => MarianConfig.Read(
        Encoding.UTF8.GetBytes($$"""{"pad_token_id":{{Padding}},"eos_token_id":{{End}},"vocab_size":{{Vocabulary}},"length_penalty":{{penalty.ToString(System.Globalization.CultureInfo.InvariantCulture)}}}"""), null);

    private static IReadOnlyList<int> Found(ISentenceSearch search, int seed)
    {
        var open = new List<int[]> { Array.Empty<int>() };
        while (!search.IsDone) open = Step(search, open, [.. open.SelectMany(row => Logits(seed, row))]);
        return search.Tokens;
    }

    private static List<int[]> Step(ISentenceSearch search, List<int[]> open, float[] logits)
    {
        var (tokens, parents) = (new int[search.Width], new int[search.Width]);
        search.Advance(logits, tokens, parents);
        return search.IsDone ? open : [.. tokens.Select((token, i) => (int[])[.. open[parents[i]], token])];
    }

    // Nearly never the same twice, so that circles and ties do not happen by themselves.
    private static float[] Logits(int seed, IReadOnlyList<int> written)
    {
        var hash = written.Aggregate(seed, static (sum, token) => unchecked((sum * 31) + token + 7));
        var random = new Random(hash);
        return [.. Enumerable.Range(0, Vocabulary).Select(_ => (float)(random.NextDouble() * 6))];
    }

    private static int[] Plain(int seed, int beams, int limit, double penalty)
    {
        var (open, closed) = (new List<(int[] Tokens, double Score)> { ([], 0) }, new List<(int[] Tokens, double Score)>());
        for (var step = 1; step <= limit; step++)
        {
            var candidates = open.SelectMany(beam =>
            {
                var logits = Logits(seed, beam.Tokens).Select(static value => (double)value).ToArray();
                logits[Padding] = double.NegativeInfinity;
                var sum = Math.Log(logits.Sum(Math.Exp));
                return logits.Select((value, token) => (beam.Tokens, Token: token, Score: beam.Score + value - sum));
            }).OrderByDescending(static candidate => candidate.Score).Take(2 * beams).ToArray();
            closed.AddRange(candidates.Take(beams).Where(static candidate => candidate.Token == End).Select(candidate => (candidate.Tokens, candidate.Score / Math.Pow(step, penalty))));
            closed = [.. closed.OrderByDescending(static one => one.Score).Take(beams)];
            open = [.. candidates.Where(static candidate => candidate.Token != End).Take(beams).Select(static candidate => ((int[])[.. candidate.Tokens, candidate.Token], candidate.Score))];
            if (closed.Count == beams && open[0].Score / Math.Pow(step, penalty) <= closed[^1].Score) return closed[0].Tokens;
        }

        return closed.Concat(open.Select(one => (one.Tokens, Score: one.Score / Math.Pow(limit, penalty)))).MaxBy(static one => one.Score).Tokens;
    }
}
