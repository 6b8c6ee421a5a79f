namespace EdgeHost.Fuzz.Tests;

public class FuzzLoopTests
{
    [Fact]
    public async Task RunAsync_BugBehindSteps_IsFoundStepByStep()
    {
        // Each step shows itself, as a message of the product does; at once the bytes would hardly ever be met.
        await using var target = new StepTarget();
        var loop = new FuzzLoop(target, seed: 3);
        var kept = new List<byte[]>();
        var left = 200_000;

        var finding = await loop.RunAsync([], () => left-- > 0, kept.Add);

        Assert.NotNull(finding);
        Assert.Equal("EDGE"u8.ToArray(), finding.Input[..4]);
        Assert.Equal(4, kept.Count);
    }

    [Fact]
    public async Task RunAsync_BrokenByTheCorpus_SaysSo()
    {
        await using var target = new StepTarget();

        var finding = await new FuzzLoop(target, seed: 1).RunAsync([[1], "EDGE"u8.ToArray(), [2]], () => false);

        Assert.Equal("EDGE"u8.ToArray(), finding?.Input);
        Assert.IsType<InvalidOperationException>(finding?.Error);
    }

    private sealed class StepTarget : IFuzzTarget
    {
        public string Name => "steps";

        public IReadOnlyList<byte[]> Tokens => [];

        public ValueTask<IReadOnlyCollection<string>> RunAsync(byte[] input)
        {
            var met = 0;
            while (met < 4 && met < input.Length && input[met] == "EDGE"u8[met]) met++;
            return met == 4 ? throw new InvalidOperationException("found") : ValueTask.FromResult<IReadOnlyCollection<string>>([$"{met} bytes"]);
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
