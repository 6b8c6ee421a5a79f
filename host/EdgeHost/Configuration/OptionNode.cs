using System.ComponentModel.DataAnnotations;

namespace EdgeHost.Host.Configuration;

/// <summary>What may stand at one place of the configuration. Made from the options classes, so that a new option is a new key by itself. Immutable.</summary>
internal sealed record OptionNode
{
    public required OptionShape Shape { get; init; }

    /// <summary>The type of a value, without its nullability; of a list or map, the collection's.</summary>
    public required Type Type { get; init; }

    public bool IsNullable { get; init; }

    /// <summary>Whether a number counts bytes, and so may be written as <c>600 MB</c>.</summary>
    public bool IsBytes { get; init; }

    public RangeAttribute? Range { get; init; }

    /// <summary>The keys of a group.</summary>
    public IReadOnlyList<OptionKey> Keys { get; init; } = [];

    /// <summary>What the items of a list or the values of a map are.</summary>
    public OptionNode? Item { get; init; }
}
