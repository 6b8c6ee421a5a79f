using System.Text;
using EdgeHost.Capabilities.Health;
using EdgeHost.Plugins.Health.Samples;
using EdgeHost.Plugins.Health.Storage;
using EdgeHost.Plugins.Health.Texts;
using Microsoft.Extensions.Time.Testing;

namespace EdgeHost.Fuzz.Targets;

/// <summary>
/// Holds the readings that come of a stranger's bytes to what the journal needs: they are refused as a whole with a typed error, or each is finite, comes out of the journal's form as it went in, and
/// has a flag that people are told of.
/// </summary>
internal sealed class ReadingCheck
{
    private readonly SampleReader _reader = new(new HealthTexts(), new FakeTimeProvider(new DateTimeOffset(2026, 3, 31, 12, 0, 0, TimeSpan.Zero)));

    /// <summary>Checks readings.</summary>
    /// <returns>Words for what they are.</returns>
    /// <exception cref="FuzzException">A reading breaks a rule.</exception>
    public IReadOnlyCollection<string> Run(IReadOnlyList<HealthSample> given)
    {
        var (samples, flagged) = _reader.Read(given, HealthTexts.English);
        if (samples.Count != given.Count) throw new FuzzException($"{given.Count} readings became {samples.Count}.");
        if (flagged.Count != samples.Count(static sample => sample.Flag is not null)) throw new FuzzException("Readings are flagged and nobody is told, or the other way round.");
        foreach (var sample in samples) Check(sample);
        return [.. samples.Select(static sample => $"{sample.Type.Name} {sample.Flag ?? "counts"}").Distinct()];
    }

    private static void Check(Sample sample)
    {
        if (!double.IsFinite(sample.Value) || !double.IsFinite(sample.GivenValue)) throw new FuzzException($"A {sample.Type.Name} is kept as {sample.Value}, given as {sample.GivenValue}.");
        var bytes = new byte[SampleCodec.LengthOf(sample)];
        SampleCodec.Write(sample, bytes);
        var read = SampleCodec.Read(bytes, sample.Type, sample.Time, sample.Flag, static text => Encoding.UTF8.GetString(text));
        if (read != sample) throw new FuzzException($"What is kept as {sample} is read as {read}.");
    }
}
