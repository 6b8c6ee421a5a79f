namespace EdgeHost.Runtime.Dispatch;

/// <summary>What the kinds of capabilities mean.</summary>
internal static class CapabilityKinds
{
    /// <summary>Whether the handler sends items.</summary>
    public static bool SendsItems(this CapabilityKind kind) => kind is CapabilityKind.ServerStream or CapabilityKind.Duplex;

    /// <summary>Whether the caller pushes items.</summary>
    public static bool TakesItems(this CapabilityKind kind) => kind is CapabilityKind.ClientStream or CapabilityKind.Duplex;
}
