namespace EdgeHost.Runtime.Conditions;

/// <summary>What the system says of its memory. Null for what it does not say.</summary>
internal sealed record MemoryReading
{
    /// <summary>PSI <c>some avg10</c> in percent, the worse of machine and control group.</summary>
    public double? SomePercent { get; init; }

    /// <summary>PSI <c>full avg10</c> in percent, the worse of both.</summary>
    public double? FullPercent { get; init; }

    /// <summary>Share of the control group's limit that is in use and cannot be dropped, in percent; the worst of the group and those above it.</summary>
    public double? GroupPercent { get; init; }

    /// <summary>How often the group was throttled at <c>memory.high</c>, ever.</summary>
    public long? HighEvents { get; init; }

    /// <summary>How often it reached <c>memory.max</c>, ever.</summary>
    public long? MaxEvents { get; init; }

    /// <summary>How often that could not be helped (<c>oom</c> and <c>oom_kill</c>), ever.</summary>
    public long? OomEvents { get; init; }
}
