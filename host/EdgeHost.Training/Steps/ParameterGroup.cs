namespace EdgeHost.Training.Steps;

/// <summary>A stretch of parameters that the optimiser treats alike.</summary>
internal sealed record ParameterGroup(int Start, int Length, bool Decays);
