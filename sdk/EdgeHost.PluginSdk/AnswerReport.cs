namespace EdgeHost.PluginSdk;

/// <summary>
/// What a handler says of its answer so that the device can learn from it: feedback finds its way to it, and the drift of confidence and inputs is watched. Immutable.
/// </summary>
public sealed class AnswerReport
{
    /// <summary>The answer as a label, for example a class; null where it is none. At most 256 characters are kept.</summary>
    public string? Label { get; init; }

    /// <summary>How sure the model is, 0 to 1; null if it does not say.</summary>
    public double? Confidence { get; init; }

    /// <summary>What <see cref="Input"/> is.</summary>
    public AnswerInputKind Kind { get; init; }

    /// <summary>
    /// What was judged, as an example would have it (see docs/training-data.md); empty if it cannot be learned from. Copied before
    /// <see cref="CapabilityContext.ReportAnswer"/> returns, and kept only if the device's owner has consented.
    /// </summary>
    public ReadOnlyMemory<byte> Input { get; init; }

    /// <summary>
    /// The dataset of the calling app that what was judged joins with feedback; null (the default) for the one named like the method. One that is not there, or
    /// is of another kind, is taken as null.
    /// </summary>
    public string? Dataset { get; init; }

    /// <summary>
    /// The model that made <see cref="Input"/>, as <c>id@version</c>, where that is features; null (the default) where no model did. Features of each version of a model have a dataset of their own,
    /// named like the method with the model behind it, so that they are never mixed; it goes before <see cref="Dataset"/>. At most 160 characters.
    /// </summary>
    public string? Encoder { get; init; }

    /// <summary>Numbers that describe the input and are watched for drift, for example <c>length</c>; at most 8, names of <c>a-z 0-9 _</c>, finite values. The host leaves out others.</summary>
    public IReadOnlyDictionary<string, double> Measures { get; init; } = new Dictionary<string, double>();
}
