using EdgeHost.Fuzz.Targets;

namespace EdgeHost.Fuzz.Tests;

/// <summary>A bounded run of each target, the same each time. Longer ones are made by hand and keep what they find in the corpus.</summary>
public class FuzzTests
{
    [Theory]
    [InlineData(FrameTarget.TargetName, 30_000)]
    [InlineData(MessageTarget.TargetName, 20_000)]
    [InlineData(ConnectionTarget.TargetName, 1_500)]
    [InlineData(ConnectionTarget.RegionsName, 1_500)]
    [InlineData(TfjsTarget.TargetName, 10_000)]
    [InlineData(TfliteTarget.TargetName, 20_000)]
    [InlineData(HubTarget.TargetName, 3_000)]
    [InlineData(WfdbTarget.TargetName, 10_000)]
    [InlineData(WfdbSegmentTarget.TargetName, 5_000)]
    [InlineData(WfdbAnnotationTarget.TargetName, 20_000)]
    [InlineData(GattTarget.TargetName, 20_000)]
    [InlineData(HealthFileTarget.Csv, 10_000)]
    [InlineData(HealthFileTarget.Fhir, 10_000)]
    [InlineData(HealthFileTarget.AppleHealth, 10_000)]
    [InlineData(HealthFileTarget.OpenMhealth, 10_000)]
    public async Task Target_CorpusAndMutations_BreakNothing(string name, int mutations)
    {
        await using var target = await FuzzTargets.CreateAsync(name);
        var loop = new FuzzLoop(target, seed: 1);
        var left = mutations;

        var finding = await loop.RunAsync(new Corpus(name).Read(), () => left-- > 0);

        Assert.True(finding is null, $"{name} broke: {finding}");
        Assert.InRange(loop.Behaviours, 5, int.MaxValue);
    }

    [Fact]
    public void Mutate_SameSeed_GivesTheSameInputs()
    {
        byte[] input = [1, 2, 3, 4, 5, 6, 7, 8];
        var (one, other) = (new Mutator(new Random(7), WireTokens.Frames, 64), new Mutator(new Random(7), WireTokens.Frames, 64));

        for (var i = 0; i < 1000; i++)
        {
            var mutated = one.Mutate(input, input);
            Assert.Equal(mutated, other.Mutate(input, input));
            Assert.InRange(mutated.Length, 0, 64);
        }
    }
}
