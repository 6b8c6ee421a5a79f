namespace EdgeHost.Runtime.Devices;

/// <summary>The candidates of a plan at one state of the devices' health. Immutable.</summary>
internal sealed class PlacementView
{
    /// <summary>The count of health changes at which it was made.</summary>
    public required int Generation { get; init; }

    /// <summary>Candidates that may be chosen, in the plan's order: the usable ones, without avoided ones where another is usable.</summary>
    public required PlacementCandidate[] Eligible { get; init; }

    /// <summary>Which of those are suspect, by index.</summary>
    public required bool[] Suspect { get; init; }

    /// <summary>The answers where nothing but the order and the devices' health decided, by index; no text is made on the hot path.</summary>
    public required Placement[] Placements { get; init; }
}
