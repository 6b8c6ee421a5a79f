namespace EdgeHost.Serialization.Generator;

/// <summary>Writes the translation of enumerations to and from their names.</summary>
internal static class EnumEmitter
{
    public static string ReadMethod(WireType type) => "ReadEnum_" + Suffix(type);

    public static string NameMethod(WireType type) => "NameEnum_" + Suffix(type);

    public static void Emit(CodeWriter code, WireMessageModel message)
    {
        var types = message.Properties.SelectMany(static p => Types(p.Type))
            .Where(static t => t.Kind == WireKind.Enumeration)
            .GroupBy(static t => t.Name)
            .Select(static g => g.First());
        foreach (var type in types)
        {
            EmitRead(code, type);
            EmitName(code, type);
        }
    }

    private static IEnumerable<WireType> Types(WireType type)
        => type.Element is null ? [type] : Types(type.Element).Append(type);

    private static string Suffix(WireType type) => type.Name.Replace("global::", string.Empty).Replace('.', '_').Replace("@", string.Empty);

    private static void EmitRead(CodeWriter code, WireType type)
    {
        code.Line();
        code.Open($"private static {type.Name} {ReadMethod(type)}(ref {KnownNames.Serialization}WireReader reader)");
        code.Line("var name = reader.ReadUtf8();");
        foreach (var name in type.Names)
        {
            code.Line($"if (global::System.MemoryExtensions.SequenceEqual(name, {ReadEmitter.Literal(name.Wire)}u8)) return {type.Name}.{Identifier.Of(name.Member)};");
        }

        var allowed = string.Join(", ", type.Names.Select(static n => n.Wire));
        code.Line($"throw reader.UnknownName(name, {ReadEmitter.Literal(allowed)});");
        code.Close();
    }

    private static void EmitName(CodeWriter code, WireType type)
    {
        code.Line();
        code.Open($"private static global::System.ReadOnlySpan<byte> {NameMethod(type)}({type.Name} value)");
        code.Open("switch (value)");
        foreach (var name in type.Names)
        {
            code.Line($"case {type.Name}.{Identifier.Of(name.Member)}: return {ReadEmitter.Literal(name.Wire)}u8;");
        }

        code.Line("default: throw new global::System.ArgumentOutOfRangeException(nameof(value), value, \"The value has no name on the wire.\");");
        code.Close();
        code.Close();
    }
}
