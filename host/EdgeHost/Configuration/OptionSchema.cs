using System.ComponentModel.DataAnnotations;
using System.Reflection;

namespace EdgeHost.Host.Configuration;

/// <summary>Reads the options classes: which keys there are and what each takes.</summary>
internal static class OptionSchema
{
    private static readonly Type[] Values = [typeof(string), typeof(bool), typeof(int), typeof(long), typeof(double), typeof(TimeSpan), typeof(Uri)];

    /// <summary>The node of an options class.</summary>
    /// <exception cref="NotSupportedException">A property has a type that the configuration cannot express; a bug, found by a test.</exception>
    public static OptionNode Of(Type options) => Group(options);

    private static OptionNode Group(Type type)
    {
        // A text that is empty by default has no default: it must be given.
        var defaults = Activator.CreateInstance(type)!;
        return new OptionNode
        {
            Shape = OptionShape.Group,
            Type = type,
            Keys =
            [
                .. from property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
                   where property.GetMethod is { IsPublic: true } && (property.SetMethod is { IsPublic: true } || !IsValue(property.PropertyType))
                   select new OptionKey(property, Node(property), property.GetValue(defaults) is string { Length: 0 }),
            ],
        };
    }

    private static OptionNode Node(PropertyInfo property)
    {
        var isNullable = Nullable.GetUnderlyingType(property.PropertyType) is not null
            || (!property.PropertyType.IsValueType && new NullabilityInfoContext().Create(property).ReadState == NullabilityState.Nullable);
        return Node(property.PropertyType, property.Name.EndsWith("Bytes", StringComparison.Ordinal)) with
        {
            IsNullable = isNullable,
            Range = property.GetCustomAttribute<RangeAttribute>(),
        };
    }

    private static OptionNode Node(Type type, bool isBytes)
    {
        if (IsValue(type))
        {
            var plain = Nullable.GetUnderlyingType(type) ?? type;
            return new OptionNode { Shape = OptionShape.Value, Type = plain, IsBytes = isBytes && (plain == typeof(long) || plain == typeof(int)) };
        }

        if (type is { IsGenericType: true })
        {
            var definition = type.GetGenericTypeDefinition();
            var arguments = type.GetGenericArguments();
            if (definition == typeof(IDictionary<,>) && arguments[0] == typeof(string))
            {
                return new OptionNode { Shape = OptionShape.Map, Type = type, Item = Node(arguments[1], isBytes) };
            }

            if (definition == typeof(IList<>) || definition == typeof(ISet<>))
            {
                return new OptionNode { Shape = OptionShape.List, Type = type, Item = Node(arguments[0], isBytes) };
            }
        }

        return type.IsClass && type.Namespace?.StartsWith(nameof(EdgeHost), StringComparison.Ordinal) == true
            ? Group(type)
            : throw new NotSupportedException($"Options of type {type} cannot be written in the configuration file.");
    }

    private static bool IsValue(Type type)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        return plain.IsEnum || Values.Contains(plain);
    }
}
