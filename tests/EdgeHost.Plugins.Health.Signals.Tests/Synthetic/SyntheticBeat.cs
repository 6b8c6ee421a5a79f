namespace EdgeHost.Plugins.Health.Signals.Tests.Synthetic;

/// <summary>A beat that a generated signal holds.</summary>
internal readonly record struct SyntheticBeat(double Seconds, bool Ventricular)
{
    /// <summary>Whether it is a supraventricular beat before its time.</summary>
    public bool IsPremature { get; init; }
}
