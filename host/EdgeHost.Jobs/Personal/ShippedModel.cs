namespace EdgeHost.Jobs.Personal;

/// <summary>A shipped model as an app gets it: the app's own version where it has one, else the device's, else the shipped one. Immutable.</summary>
public sealed record ShippedModel
{
    /// <summary>The model's id.</summary>
    public required string Id { get; init; }

    /// <summary>The version that was found.</summary>
    public required string Version { get; init; }

    /// <summary>The graph of that version.</summary>
    public required string GraphPath { get; init; }

    /// <summary>The shipped version that it was made of; the same as <see cref="Version"/> where it is that.</summary>
    public required string Base { get; init; }

    /// <summary>The graph of the shipped version.</summary>
    public required string BaseGraphPath { get; init; }

    /// <summary>The files of the shipped version by their names in its manifest, as absolute paths.</summary>
    public required IReadOnlyDictionary<string, string> BaseFiles { get; init; }
}
