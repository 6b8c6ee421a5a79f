using Microsoft.CodeAnalysis;

namespace EdgeHost.Serialization.Generator;

/// <summary>What can be wrong with a message type.</summary>
internal static class Rules
{
    public static readonly DiagnosticDescriptor NotPartial = Rule(
        "EHG001", "The type is not partial", "'{0}' must be declared partial, so that its wire code can be added");

    public static readonly DiagnosticDescriptor UnsupportedType = Rule(
        "EHG002",
        "The property's type cannot go over the wire",
        "'{0}' is of type '{1}'; use bool, int, long, uint, byte, float, double, string, ReadOnlyMemory<byte>, an enum, a [WireMessage] type, or an IReadOnlyList<T>, T[] or IReadOnlyDictionary<string, T> of these");

    public static readonly DiagnosticDescriptor NothingToSet = Rule(
        "EHG003", "No property can be set", "None of the properties of '{0}' has a public getter and a public setter or init accessor");

    public static readonly DiagnosticDescriptor UnsupportedKind = Rule(
        "EHG004", "The type cannot be a message", "'{0}' cannot be a message: {1}");

    public static readonly DiagnosticDescriptor SameKey = Rule(
        "EHG005", "Two properties have the same key", "'{0}' has the key '{1}', which another property of the type has too");

    public static DiagnosticDescriptor Find(string id) => id switch
    {
        "EHG001" => NotPartial,
        "EHG002" => UnsupportedType,
        "EHG003" => NothingToSet,
        "EHG004" => UnsupportedKind,
        _ => SameKey,
    };

    private static DiagnosticDescriptor Rule(string id, string title, string message)
        => new(id, title, message, "EdgeHost.Serialization", DiagnosticSeverity.Error, isEnabledByDefault: true);
}
