using System.Text.Json;
using EdgeHost.Jobs.Specs;

namespace EdgeHost.Jobs.Searching;

/// <summary>The combinations of a search in their order: all of them, or as many as allowed, drawn by the seed.</summary>
internal static class Combinations
{
    public static IReadOnlyList<(string Settings, JobSpec Spec)> Of(JobSpec spec)
    {
        if (spec.Search is not { } search) return [(string.Empty, spec)];
        var total = search.Parameters.Aggregate(1L, static (product, parameter) => Math.Min(1L << 40, product * parameter.Values.Count));
        IEnumerable<long> numbers = total <= search.Trials ? Enumerable.Range(0, (int)total).Select(static number => (long)number) : Draw(total, search.Trials, spec.Seed);
        return [.. numbers.Select(number => At(spec, search, number))];
    }

    private static SortedSet<long> Draw(long total, int count, ulong seed)
    {
        // A generator with a seed gives the same numbers everywhere.
        var random = new Random(unchecked((int)(seed ^ (seed >> 32))));
        var drawn = new SortedSet<long>();
        while (drawn.Count < count) drawn.Add(random.NextInt64(total));
        return drawn;
    }

    private static (string Settings, JobSpec Spec) At(JobSpec spec, SearchSpec search, long number)
    {
        var values = new List<(string Path, JsonElement Value)>();
        foreach (var (path, choices) in search.Parameters)
        {
            values.Add((path, choices[(int)(number % choices.Count)]));
            number /= choices.Count;
        }

        var settings = string.Join(", ", values.Select(static value => $"{value.Path} = {value.Value.GetRawText()}"));
        return (settings, JobSpecReader.Read(SpecPatch.Apply(spec.Json, values)));
    }
}
