namespace EdgeHost.Fuzz.Targets;

/// <summary>All targets.</summary>
internal static class FuzzTargets
{
    public static IReadOnlyList<string> Names { get; } = [FrameTarget.TargetName, MessageTarget.TargetName, ConnectionTarget.TargetName, ConnectionTarget.RegionsName];

    public static async Task<IFuzzTarget> CreateAsync(string name) => name switch
    {
        FrameTarget.TargetName => new FrameTarget(),
        MessageTarget.TargetName => new MessageTarget(),
        ConnectionTarget.TargetName or ConnectionTarget.RegionsName => await ConnectionTarget.StartAsync(name),
        _ => throw new ArgumentException($"There is no target {name}."),
    };
}
