using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Recommendation;

/// <summary>The models that were built.</summary>
[WireMessage]
public sealed partial class BuildResponse
{
    /// <summary>The version that serves.</summary>
    public required long Version { get; init; }

    /// <summary>Whether what was built serves; false where the gate put it aside.</summary>
    public required bool Serves { get; init; }

    /// <summary>The kind that was chosen: <c>blend</c>, or the one that was at least as good.</summary>
    public required string Model { get; init; }

    /// <summary>Events that the models include.</summary>
    public required long Events { get; init; }

    /// <summary>Older events that they were not built of, because the plugin's setting <c>recommendation:max_build_events</c> says so; absent if there are none.</summary>
    public long? LeftOut { get; init; }

    /// <summary>Items that the choice between kinds of models looked at, the most met ones where the catalogue has too many; absent if nothing was compared.</summary>
    public long? SearchedItems { get; init; }

    /// <summary>Pairs of a user and an item that the choice looked at: those of some users where there are too many; absent if nothing was compared. What was chosen is built of all events.</summary>
    public long? SearchedPairs { get; init; }

    /// <summary>Items that they know.</summary>
    public required long Items { get; init; }

    /// <summary>Users that they learnt from.</summary>
    public required long Users { get; init; }

    /// <summary>How long it took.</summary>
    public required double Milliseconds { get; init; }

    /// <summary>What was chosen by: figures on a held-out part of the events; empty where too little was held out.</summary>
    public required IReadOnlyList<ModelFigures> Figures { get; init; }
}
