namespace EdgeHost.Serialization.Generator;

/// <summary>Names of the types that the generated code uses.</summary>
internal static class KnownNames
{
    public const string Serialization = "global::EdgeHost.Serialization.";
    public const string MessageAttribute = "EdgeHost.Serialization.WireMessageAttribute";
    public const string FieldAttribute = "EdgeHost.Serialization.WireFieldAttribute";
    public const string MessageInterface = "EdgeHost.Serialization.IWireMessage<TSelf>";
}
