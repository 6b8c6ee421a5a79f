namespace EdgeHost.Host.Demo;

/// <summary>What the command line says about the demo.</summary>
internal sealed class DemoSettings
{
    public required string Home { get; init; }

    /// <summary>Pictures of the person's own; empty for those that ship.</summary>
    public required IReadOnlyList<string> Pictures { get; init; }

    public required string OutputFolder { get; init; }

    public string? Mirror { get; init; }
}
