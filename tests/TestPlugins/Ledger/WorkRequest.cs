using EdgeHost.Serialization;

namespace TestPlugins.Ledger;

/// <summary>What to do.</summary>
[WireMessage]
public sealed partial class WorkRequest
{
    /// <summary>The method that takes it and answers with a <see cref="WorkResponse"/>.</summary>
    public const string Method = "ledger.work";

    /// <summary>The file to write to.</summary>
    public required string Ledger { get; init; }

    /// <summary>What the lines begin with.</summary>
    public required string Id { get; init; }

    /// <summary>How long it takes.</summary>
    [WireField(Minimum = 0, Maximum = 600_000)]
    public int Milliseconds { get; init; }
}
