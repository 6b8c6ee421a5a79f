namespace EdgeHost.Serialization;

/// <summary>
/// Marks a partial class or record whose public properties are the fields of a MessagePack map, keyed by the property's
/// snake_case name. The generator adds <see cref="IWireMessage{TSelf}"/>. A property that is <c>required</c> must be present; a
/// nullable one may be absent or nil; any other keeps its initial value when absent.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, Inherited = false)]
public sealed class WireMessageAttribute : Attribute;
