using EdgeHost.Serialization;

namespace TestPlugins.ModelRunner;

/// <summary>Runs a model a number of times, one step after the other.</summary>
[WireMessage]
public sealed partial class RunRequest
{
    /// <summary>The method that takes it and answers with a <see cref="RunResponse"/>.</summary>
    public const string Method = "modelrunner.run";

    /// <summary>The model's id, one of those in the plugin's manifest.</summary>
    [WireField(MaxLength = 256)]
    public required string Model { get; init; }

    /// <summary>Steps, each awaited before the next; 0 only leases the model.</summary>
    [WireField(Minimum = 0, Maximum = 10_000)]
    public int Steps { get; init; } = 1;

    /// <summary>Inputs whose shape the graph leaves open or whose content matters; the others follow from the graph.</summary>
    [WireField(MaxLength = 64)]
    public IReadOnlyList<RunInput> Inputs { get; init; } = [];

    /// <summary>Whether a step may run on the thread that asks for it.</summary>
    public bool OnCallingThread { get; init; }

    /// <summary>A text that is said to have been judged, so that feedback can be given on the call; null for none.</summary>
    public string? Judged { get; init; }

    /// <summary>How the text is said to have been judged.</summary>
    public string? Verdict { get; init; }

    /// <summary>How sure the model is said to be.</summary>
    public double? Confidence { get; init; }

    /// <summary>Whether a step may be stopped and run again.</summary>
    public bool IsRepeatable { get; init; } = true;
}
