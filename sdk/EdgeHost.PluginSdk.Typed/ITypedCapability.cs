namespace EdgeHost.PluginSdk.Typed;

/// <summary>
/// What a typed handler knows about its messages before any instance exists. Implemented by
/// <see cref="CapabilityHandler{TRequest, TResponse}"/> and <see cref="StreamingCapabilityHandler{TRequest, TItem, TResponse}"/>.
/// </summary>
public interface ITypedCapability
{
    /// <summary>The shape of the exchange.</summary>
    static abstract CapabilityKind Kind { get; }

    /// <summary>Whether the handler reads its request with <see cref="CapabilityContext.TryResolve"/>.</summary>
    static virtual bool ResolvesReferences => false;

    /// <summary>JSON Schema of the request.</summary>
    static abstract string RequestSchema { get; }

    /// <summary>JSON Schema of the response.</summary>
    static abstract string ResponseSchema { get; }

    /// <summary>JSON Schema of a stream's items; null for a unary capability.</summary>
    static abstract string? ItemSchema { get; }

    /// <summary>JSON Schema of what the caller pushes; null where it pushes nothing.</summary>
    static virtual string? PushSchema => null;
}
