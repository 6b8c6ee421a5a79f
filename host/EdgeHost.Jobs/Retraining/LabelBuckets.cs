using System.Globalization;
using EdgeHost.Learning.Examples;

namespace EdgeHost.Jobs.Retraining;

/// <summary>
/// How many examples have which labels, of any number of labels: those whose hashes agree are counted together. Two labels that an example was moved between have one hash in
/// one of 4096 cases; the change is then not seen. Not thread-safe.
/// </summary>
internal sealed class LabelBuckets
{
    private const uint Buckets = 4096;
    private readonly Dictionary<string, long> _counts = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, long> Counts => _counts;

    public void Add(IReadOnlyList<LabelCount> labels)
    {
        foreach (var label in labels)
        {
            var bucket = (Hash(label.Label) % Buckets).ToString(CultureInfo.InvariantCulture);
            _counts[bucket] = _counts.GetValueOrDefault(bucket) + label.Examples;
        }
    }

    // FNV-1a, the same in every process.
    private static uint Hash(string label)
    {
        var hash = 2166136261u;
        foreach (var c in label) hash = (hash ^ c) * 16777619u;
        return hash ^ (hash >> 15);
    }
}
