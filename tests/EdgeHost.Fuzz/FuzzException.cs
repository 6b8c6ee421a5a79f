namespace EdgeHost.Fuzz;

/// <summary>A target broke one of its rules.</summary>
internal sealed class FuzzException(string rule) : Exception(rule);
