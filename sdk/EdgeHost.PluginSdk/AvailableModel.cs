namespace EdgeHost.PluginSdk;

/// <summary>A model of a task, with what a plugin needs to choose one. Immutable.</summary>
public sealed class AvailableModel
{
    /// <summary>The model's id, to lease it by.</summary>
    public required string Id { get; init; }

    /// <summary>The version that a lease by the id gets; where none is on the device, the one that a pull would bring.</summary>
    public required string Version { get; init; }

    /// <summary>One line for people.</summary>
    public string Summary { get; init; } = string.Empty;

    /// <summary>The licence of its files: an SPDX identifier or expression.</summary>
    public string Licence { get; init; } = string.Empty;

    /// <summary>Whether it can be leased now; else a lease is <see cref="ErrorCode.FailedPrecondition"/> until a person has run <see cref="PullCommand"/>.</summary>
    public bool IsInstalled { get; init; }

    /// <summary>What its manifest says of it, for example <c>language</c>: at most 64 texts, none longer than 1024 characters. Written by whoever made the manifest.</summary>
    public IReadOnlyDictionary<string, string> Properties { get; init; } = new Dictionary<string, string>();

    /// <summary>The command that brings it to the device, to be shown to a person, for example <c>edgehost models pull moonshine-tiny</c>; empty where there is none.</summary>
    public string PullCommand { get; init; } = string.Empty;
}
