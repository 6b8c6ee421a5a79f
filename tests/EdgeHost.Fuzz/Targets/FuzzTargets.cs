namespace EdgeHost.Fuzz.Targets;

/// <summary>All targets.</summary>
internal static class FuzzTargets
{
    public static IReadOnlyList<string> Names { get; } =
    [
        FrameTarget.TargetName, MessageTarget.TargetName, ConnectionTarget.TargetName, ConnectionTarget.RegionsName, TfjsTarget.TargetName, TfliteTarget.TargetName, HubTarget.TargetName,
        WfdbTarget.TargetName, WfdbSegmentTarget.TargetName, WfdbAnnotationTarget.TargetName, GattTarget.TargetName, .. HealthFileTarget.Names,
    ];

    public static async Task<IFuzzTarget> CreateAsync(string name) => name switch
    {
        FrameTarget.TargetName => new FrameTarget(),
        MessageTarget.TargetName => new MessageTarget(),
        ConnectionTarget.TargetName or ConnectionTarget.RegionsName => await ConnectionTarget.StartAsync(name),
        TfjsTarget.TargetName => new TfjsTarget(),
        TfliteTarget.TargetName => new TfliteTarget(),
        HubTarget.TargetName => new HubTarget(),
        WfdbTarget.TargetName => new WfdbTarget(),
        WfdbSegmentTarget.TargetName => new WfdbSegmentTarget(),
        WfdbAnnotationTarget.TargetName => new WfdbAnnotationTarget(),
        GattTarget.TargetName => new GattTarget(),
        _ when HealthFileTarget.Names.Contains(name) => new HealthFileTarget(name),
        _ => throw new ArgumentException($"There is no target {name}."),
    };
}
