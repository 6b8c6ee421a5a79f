namespace EdgeHost.Learning.Examples;

/// <summary>How many examples have a label.</summary>
/// <param name="Label">The label.</param>
/// <param name="Examples">The number.</param>
public sealed record LabelCount(string Label, long Examples);
