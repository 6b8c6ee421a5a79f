using Microsoft.CodeAnalysis;

namespace EdgeHost.Serialization.Generator;

/// <summary>Finds out how a property's type travels.</summary>
internal sealed class TypeInspector
{
    private static readonly SymbolDisplayFormat Format = SymbolDisplayFormat.FullyQualifiedFormat.WithMiscellaneousOptions(
        SymbolDisplayFormat.FullyQualifiedFormat.MiscellaneousOptions | SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    private readonly INamedTypeSymbol _owner;

    public TypeInspector(INamedTypeSymbol owner) => _owner = owner;

    public static bool IsMessage(ITypeSymbol type)
        => type.GetAttributes().Any(static a => a.AttributeClass?.ToDisplayString() == KnownNames.MessageAttribute)
            || type.AllInterfaces.Any(static i => i.OriginalDefinition.ToDisplayString() == KnownNames.MessageInterface);

    /// <summary>The wire's view of a type, or null if it cannot travel.</summary>
    public WireType? Inspect(ITypeSymbol type)
    {
        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable)
        {
            return Inspect(nullable.TypeArguments[0]) is { } inner ? inner with { IsNullable = true } : null;
        }

        var isNullable = type.NullableAnnotation == NullableAnnotation.Annotated && type.IsReferenceType;
        var plain = type.WithNullableAnnotation(NullableAnnotation.NotAnnotated);
        return Scalar(plain) is { } kind
            ? Make(kind, plain, isNullable)
            : plain.TypeKind == TypeKind.Enum
                ? Make(WireKind.Enumeration, plain, isNullable) with { Names = Names(plain) }
                : Container(plain, isNullable) ?? Message(plain, isNullable);
    }

    private static WireKind? Scalar(ITypeSymbol type) => type.SpecialType switch
    {
        SpecialType.System_Boolean => WireKind.Boolean,
        SpecialType.System_Int32 => WireKind.Int32,
        SpecialType.System_Int64 => WireKind.Int64,
        SpecialType.System_UInt32 => WireKind.UInt32,
        SpecialType.System_Byte => WireKind.Byte,
        SpecialType.System_Single => WireKind.Single,
        SpecialType.System_Double => WireKind.Double,
        SpecialType.System_String => WireKind.String,
        _ => type switch
        {
            INamedTypeSymbol { MetadataName: "ReadOnlyMemory`1" } memory
                when memory.ContainingNamespace.ToDisplayString() == "System"
                    && memory.TypeArguments[0].SpecialType == SpecialType.System_Byte => WireKind.Binary,
            IArrayTypeSymbol { Rank: 1, ElementType.SpecialType: SpecialType.System_Byte } => WireKind.BinaryArray,
            _ => null,
        },
    };

    private static WireType Make(WireKind kind, ITypeSymbol type, bool isNullable, WireType? element = null)
        => new(kind, type.ToDisplayString(Format), isNullable, type.IsValueType, element, default, IsRecursive: false);

    private static EquatableArray<EnumName> Names(ITypeSymbol type)
    {
        // Of several names with one value the first is written; a name more would make the generated switch ambiguous.
        var values = new HashSet<object>();
        return new EquatableArray<EnumName>(
        [
            .. type.GetMembers().OfType<IFieldSymbol>()
                .Where(f => f is { IsConst: true, ConstantValue: { } value } && values.Add(value))
                .Select(static f => new EnumName(f.Name, SnakeCase.From(f.Name))),
        ]);
    }

    private WireType? Container(ITypeSymbol type, bool isNullable)
    {
        if (type is IArrayTypeSymbol { Rank: 1 } array)
        {
            return Inspect(array.ElementType) is { } element ? Make(WireKind.Array, type, isNullable, element) : null;
        }

        if (type is not INamedTypeSymbol { IsGenericType: true } named
            || named.ContainingNamespace.ToDisplayString() != "System.Collections.Generic")
        {
            return null;
        }

        var item = named.TypeArguments[named.TypeArguments.Length - 1];
        return named.MetadataName switch
        {
            "IReadOnlyList`1" => Inspect(item) is { } element ? Make(WireKind.List, type, isNullable, element) : null,
            "IReadOnlyDictionary`2" when named.TypeArguments[0].SpecialType == SpecialType.System_String
                => Inspect(item) is { } value ? Make(WireKind.Dictionary, type, isNullable, value) : null,
            _ => null,
        };
    }

    private WireType? Message(ITypeSymbol type, bool isNullable)
        => IsMessage(type)
            ? Make(WireKind.Message, type, isNullable) with { IsRecursive = Reaches(type, new HashSet<ITypeSymbol>(SymbolEqualityComparer.Default)) }
            : null;

    private bool Reaches(ITypeSymbol type, HashSet<ITypeSymbol> visited)
    {
        if (SymbolEqualityComparer.Default.Equals(type, _owner)) return true;
        if (type is IArrayTypeSymbol array) return Reaches(array.ElementType, visited);
        if (type is not INamedTypeSymbol named) return false;
        if (named.TypeArguments.Any(argument => Reaches(argument, visited))) return true;
        return IsMessage(type)
            && visited.Add(type)
            && type.GetMembers().OfType<IPropertySymbol>().Where(static p => !p.IsStatic).Any(p => Reaches(p.Type, visited));
    }
}
