namespace EdgeHost;

/// <summary>The shape of a capability's exchange.</summary>
public enum CapabilityKind
{
    /// <summary>One request, one response.</summary>
    Unary = 0,

    /// <summary>One request, a stream of items, then a response that ends it.</summary>
    ServerStream = 1,

    /// <summary>Items in both directions, then a response.</summary>
    Duplex = 2,

    /// <summary>One request, a stream of items from the caller, then a response.</summary>
    ClientStream = 3,
}
