namespace EdgeHost.Benchmarks.Hosts;

/// <summary>Settings that several benchmarks use.</summary>
internal static class HostSettings
{
    /// <summary>Nothing but the host's defaults.</summary>
    public static IReadOnlyDictionary<string, string> Default { get; } = new Dictionary<string, string>();

    /// <summary>Interactive steps wait for the slot, and a background step that holds it is stopped.</summary>
    public static IReadOnlyDictionary<string, string> WithoutExtraRuns { get; } = new Dictionary<string, string>
    {
        ["Runtime:Scheduling:ExtraInteractiveRuns"] = "0",
    };

    /// <summary>What other servers do: order of arrival, nothing refused for its deadline, nothing stopped for another.</summary>
    public static IReadOnlyDictionary<string, string> FirstInFirstOut { get; } = new Dictionary<string, string>
    {
        ["Runtime:Scheduling:Discipline"] = "FirstInFirstOut",
        ["Runtime:Scheduling:AdmissionMargin"] = "0",
        ["Runtime:Scheduling:MaxInterruptions"] = "0",
    };
}
