using System.Globalization;
using EdgeHost.Jobs.Specs;
using EdgeHost.Jobs.Storage;

namespace EdgeHost.Jobs.Personal;

/// <summary>
/// Whether a personal version may come into use at all. The gate of versions sees the accuracy over all examples that were kept apart, in which a gain on the app's own could hide
/// what was forgotten; so each kind is looked at here, before the version is there.
/// </summary>
internal static class PersonalGate
{
    /// <summary>What may be lost where the specification does not say otherwise.</summary>
    public const double StandardDrop = 0.02;

    // Of fewer a single one says nothing.
    private const int LeastOwn = 10;

    /// <summary>How the version comes into use: as the specification says, or only stored, with a warning that says why.</summary>
    public static DeploySpec? Judge(JobSpec spec, JobMetrics metrics, Action<string> warn)
    {
        var most = spec.Deploy?.MaxAccuracyDrop ?? StandardDrop;
        var problem = Fall("what the shipped version knows", metrics.Replay?.Accuracy, Math.Max(metrics.Replay?.ParentAccuracy ?? 0, metrics.Replay?.ShippedAccuracy ?? 0), most)
            ?? (metrics.Own is { Examples: >= LeastOwn } own ? Fall("the app's own examples", own.Accuracy, own.ParentAccuracy, most) : null);
        if (problem is null) return spec.Deploy;
        warn($"The version is only stored: {problem}. 'edgehost models promote' lets it serve all the same.");
        return (spec.Deploy ?? new DeploySpec()) with { Start = DeployStart.Stored };
    }

    private static string? Fall(string on, double? now, double? before, double most)
        => before - now > most ? string.Create(CultureInfo.InvariantCulture, $"on {on} its accuracy is {now:0.####} and was {before:0.####}, and a loss of {most:0.####} is allowed") : null;
}
