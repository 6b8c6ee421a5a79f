using System.Globalization;
using Microsoft.CodeAnalysis;

namespace EdgeHost.Serialization.Generator;

/// <summary>Named arguments of an attribute that may be missing.</summary>
internal static class AttributeArguments
{
    public static string? Text(this AttributeData? attribute, string name) => Find(attribute, name) as string;

    public static double Number(this AttributeData? attribute, string name, double otherwise)
        => Find(attribute, name) is IConvertible value ? value.ToDouble(CultureInfo.InvariantCulture) : otherwise;

    private static object? Find(AttributeData? attribute, string name)
        => attribute?.NamedArguments.FirstOrDefault(a => a.Key == name).Value.Value;
}
