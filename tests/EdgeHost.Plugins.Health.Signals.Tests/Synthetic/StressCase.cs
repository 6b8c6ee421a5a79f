using EdgeHost.TestKit;

namespace EdgeHost.Plugins.Health.Signals.Tests.Synthetic;

/// <summary>A record with known beats of the stress test: of the shared data or generated.</summary>
internal sealed record StressCase
{
    public const double PersonSeconds = 600;

    public required string Name { get; init; }

    public required bool IsRecord { get; init; }

    /// <summary>Whether limits of the detector were chosen with it.</summary>
    public required bool IsSeen { get; init; }

    public required double RateHz { get; init; }

    public required float[][] Leads { get; init; }

    public required IReadOnlyList<long> Beats { get; init; }

    public required IReadOnlyList<long> Normals { get; init; }

    public required IReadOnlyList<long> Ventricular { get; init; }

    /// <summary>Five minutes, as the database has it; one for generated records, which are shorter.</summary>
    public double LeadInSeconds => IsRecord ? 300 : 60;

    /// <summary>The shared records, where they are on this machine: 100 and 106 were seen, 219 was not.</summary>
    public static IEnumerable<StressCase> Records()
    {
        if (Repository.FindShared(SharedEcg.Folder) is null) yield break;
        foreach (var record in new[] { "100", "106", "219" })
        {
            var ecg = SharedEcg.Read(record);
            IReadOnlyList<long> Of(string symbol) => [.. ecg.Annotations.Where(x => x.Symbol == symbol).Select(x => x.Sample)];
            yield return new StressCase
            {
                Name = record, IsRecord = true, IsSeen = record != "219", RateHz = ecg.RateHz, Leads = [ecg.Signal, ecg.Second], Beats = ecg.Beats, Normals = Of("N"), Ventricular = Of("V"),
            };
        }
    }

    /// <summary>Generated persons, one of each scenario a seed; even seeds were seen.</summary>
    public static IEnumerable<StressCase> Persons(IEnumerable<int> seeds)
        => seeds.SelectMany(seed => SyntheticPerson.Scenarios.Select(scenario => Person(scenario, seed)));

    public static StressCase Person(string scenario, int seed, double seconds = PersonSeconds)
    {
        var person = SyntheticPerson.Draw(scenario, seed, seconds);
        IReadOnlyList<long> Of(bool ventricular) => [.. person.Samples.Where((_, i) => person.Beats[i].Ventricular == ventricular)];
        return new StressCase
        {
            Name = $"{scenario} {seed}", IsRecord = false, IsSeen = seed % 2 == 0, RateHz = person.RateHz, Leads = person.Leads, Beats = person.Samples, Normals = Of(false), Ventricular = Of(true),
        };
    }

    /// <summary>One lead with noise; a null kind leaves it clean.</summary>
    public float[] Noisy(int lead, string? kind, double decibels)
    {
        if (kind is null) return Leads[lead];
        // Leads have noise of their own.
        var noise = SyntheticNoise.Make(kind, Leads[lead].Length, RateHz, (1000 * (lead + 1)) + kind.Length + Name.Sum(letter => letter));
        return StressSignal.Add(Leads[lead], RateHz, Normals, noise, decibels, LeadInSeconds);
    }
}
