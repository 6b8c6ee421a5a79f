using CsCheck;
using EdgeHost.Plugins.Language.Generation.Sampling;

namespace EdgeHost.Plugins.Language.Tests.Generation;

/// <summary>How the next token is chosen, and where texts stop.</summary>
public class SamplingTests
{
    private static readonly float[] Logits = [0, 1, 2, 3, float.NegativeInfinity];

    [Fact]
    public void WithoutChance_TheLikeliestIsChosen() => Assert.Equal(3, Choose(new SamplingOptions()));

    [Fact]
    public void WithChance_SharesAreThoseOfTheLogits()
    {
        var counts = Counts(new SamplingOptions { Temperature = 1 }, 40_000);

        var sum = Logits.Sum(static logit => Math.Exp(logit));
        for (var token = 0; token < Logits.Length; token++) Assert.InRange((counts[token] / 40_000.0) - (Math.Exp(Logits[token]) / sum), -0.01, 0.01);
        Assert.Equal(0, counts[4]);
    }

    [Theory]
    [InlineData(1, 1.0, 0.0, new[] { 3 })]
    [InlineData(2, 1.0, 0.0, new[] { 2, 3 })]
    [InlineData(0, 0.6, 0.0, new[] { 3 })]
    [InlineData(0, 0.8, 0.0, new[] { 2, 3 })]
    [InlineData(0, 1.0, 0.3, new[] { 2, 3 })]
    [InlineData(2, 0.6, 0.0, new[] { 3 })]
    public void Bounds_LeaveOnlyTheLikeliest(int topK, double topP, double minP, int[] tokens)
    {
        var counts = Counts(new SamplingOptions { Temperature = 1, TopK = topK, TopP = topP, MinP = minP }, 2_000);

        Assert.Equal(tokens, Enumerable.Range(0, counts.Length).Where(token => counts[token] > 0));
    }

    [Fact]
    public void Penalties_MakeOthersLikelier()
    {
        var repeated = new TokenSampler(new SamplingOptions { RepetitionPenalty = 2 }, [3]);
        Assert.Equal(2, repeated.Choose(Logits.ToArray()));

        var frequent = new TokenSampler(new SamplingOptions { FrequencyPenalty = 0.6 }, []);
        Assert.Equal([3, 3, 2, 3], Enumerable.Range(0, 4).Select(_ => frequent.Choose(Logits.ToArray())));
    }

    [Fact]
    public void NothingThatMayCome_IsSaid() => Assert.Equal(-1, new TokenSampler(new SamplingOptions(), []).Choose([float.NegativeInfinity, float.NegativeInfinity]));

    [Fact]
    public void Stop_CutAnywhere_LetsTheSameTextThrough()
        => Gen.Select(Gen.String[Gen.Char["abc"], 0, 40], Gen.Int[1, 5]).Sample((text, size) =>
        {
            string[] stops = ["abca", "cc"];
            var stop = new StopText(stops);
            var out_ = string.Concat(text.Chunk(size).Select(chunk => stop.Add(new string(chunk))).ToList());
            out_ += stop.Flush();

            var first = stops.Select(word => text.IndexOf(word, StringComparison.Ordinal)).Where(static at => at >= 0).DefaultIfEmpty(text.Length).Min();
            Assert.Equal(first < text.Length, stop.HasStopped);

            // Which of two that overlap is seen first depends on where the text is cut; neither lets a stop text through.
            Assert.StartsWith(out_, text, StringComparison.Ordinal);
            Assert.All(stops, word => Assert.DoesNotContain(word, out_, StringComparison.Ordinal));
            if (!stop.HasStopped) Assert.Equal(text, out_);
        });

    private static int Choose(SamplingOptions options) => new TokenSampler(options, []).Choose(Logits.ToArray());

    private static int[] Counts(SamplingOptions options, int draws)
    {
        var sampler = new TokenSampler(options with { Seed = 11 }, []);
        var counts = new int[Logits.Length];
        for (var i = 0; i < draws; i++) counts[sampler.Choose(Logits.ToArray())]++;
        return counts;
    }
}
