namespace EdgeHost.PluginSdk;

/// <summary>What a capability is called, what it takes and what it gives; shown by discovery. Immutable.</summary>
public sealed class CapabilityDescriptor
{
    /// <summary>The method: two or more words of <c>a-z 0-9 _</c> joined by dots, for example <c>vision.detect_faces</c>; at most 128 characters.</summary>
    public required string Method { get; init; }

    /// <summary>The shape of the exchange.</summary>
    public CapabilityKind Kind { get; init; } = CapabilityKind.Unary;

    /// <summary>The version of the method's messages, raised when they change; ≥ 1.</summary>
    public int Version { get; init; } = 1;

    /// <summary>One sentence about what it does.</summary>
    public string Summary { get; init; } = string.Empty;

    /// <summary>JSON Schema of the request body.</summary>
    public string RequestSchema { get; init; } = "{}";

    /// <summary>JSON Schema of the response body.</summary>
    public string ResponseSchema { get; init; } = "{}";

    /// <summary>JSON Schema of a stream's items; null for a unary capability.</summary>
    public string? ItemSchema { get; init; }

    /// <summary>JSON Schema of what the caller pushes; null where it pushes nothing.</summary>
    public string? PushSchema { get; init; }

    /// <summary>An example of a request body as JSON; binary fields as <c>"@file"</c>.</summary>
    public string ExampleRequest { get; init; } = "{}";

    /// <summary>
    /// Whether the handler follows references with <see cref="CapabilityContext.TryResolve"/>, so that large binaries reach it without a copy. If
    /// not (default), the host puts the bytes in their place first. Typed handlers do.
    /// </summary>
    public bool ResolvesReferences { get; init; }

    /// <summary>Ids of the models it may lease.</summary>
    public IReadOnlyList<string> Models { get; init; } = [];

    /// <summary>Tasks whose models it may list and lease. Since contract 1.3.</summary>
    public IReadOnlyList<string> Tasks { get; init; } = [];
}
