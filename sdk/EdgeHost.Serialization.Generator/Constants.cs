using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace EdgeHost.Serialization.Generator;

/// <summary>Constants of the source as JSON and as C#.</summary>
internal static class Constants
{
    /// <summary>The constant as JSON, or null if it has no place in a schema.</summary>
    public static string? ToJson(object? value, ITypeSymbol type)
    {
        var plain = type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable
            ? nullable.TypeArguments[0]
            : type;
        if (value is not null && plain.TypeKind == TypeKind.Enum)
        {
            var member = plain.GetMembers().OfType<IFieldSymbol>().FirstOrDefault(f => f.IsConst && Equals(f.ConstantValue, value));
            return member is null ? null : Json.Quote(SnakeCase.From(member.Name));
        }

        return value switch
        {
            null => null,
            bool flag => flag ? "true" : "false",
            string text => Json.Quote(text),
            double or float => Json.Number(Convert.ToDouble(value, CultureInfo.InvariantCulture)),
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            _ => null,
        };
    }

    /// <summary>The default value of a parameter as an expression.</summary>
    public static string ToCode(object? value, WireType type)
    {
        if (value is null) return "default";
        var literal = SymbolDisplay.FormatPrimitive(value, quoteStrings: true, useHexadecimalNumbers: false);
        return $"({type.Display})({literal})";
    }
}
