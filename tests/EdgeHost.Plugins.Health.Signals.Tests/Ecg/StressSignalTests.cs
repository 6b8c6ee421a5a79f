using EdgeHost.Plugins.Health.Signals.Tests.Synthetic;

namespace EdgeHost.Plugins.Health.Signals.Tests.Ecg;

public class StressSignalTests
{
    [Theory]
    [InlineData(24)]
    [InlineData(6)]
    public void Noise_HasTheRatioThatIsAskedFor(double decibels)
    {
        var person = StressCase.Person("sinus", 2, 400);
        var noise = SyntheticNoise.Make("ma", person.Leads[0].Length, person.RateHz, 1);
        var noisy = StressSignal.Add(person.Leads[0], person.RateHz, person.Normals, noise, decibels, leadInSeconds: 0);
        var length = (int)(StressSignal.StretchSeconds * person.RateHz);
        var added = noisy.Zip(person.Leads[0], (a, b) => a - b).Take(length).ToArray();
        var ratio = 10 * Math.Log10(StressSignal.PowerOfSignal(person.Leads[0], person.RateHz, person.Normals) / StressSignal.PowerOfNoise(added, person.RateHz));

        // The noise of the first two minutes is a part of the five by which the gain is set.
        Assert.InRange(ratio, decibels - 1, decibels + 1);
        Assert.Equal(person.Leads[0][(length + 1)..(2 * length)], noisy[(length + 1)..(2 * length)]);
    }

    [Fact]
    public void PowerOfASine_IsTheHalfOfItsSquare()
        => Assert.Equal(0.5, StressSignal.PowerOfNoise([.. Enumerable.Range(0, 3600).Select(i => MathF.Sin(2 * MathF.PI * i / 36))], 360), 3);
}
