namespace EdgeHost.Serialization.Generator;

/// <summary>Writes the code that writes properties as a map.</summary>
internal static class WriteEmitter
{
    public static void Emit(CodeWriter code, WireMessageModel message)
    {
        var properties = message.Properties.ToArray();
        for (var i = 0; i < properties.Length; i++)
        {
            code.Line($"var field{i} = value.{Identifier.Of(properties[i].Name)};");
        }

        code.Line($"var pairs = {properties.Count(static p => !IsOmittable(p))};");
        for (var i = 0; i < properties.Length; i++)
        {
            if (IsOmittable(properties[i])) code.Line($"if (field{i} is not null) pairs++;");
        }

        code.Line("writer.WriteMapHeader(pairs);");
        for (var i = 0; i < properties.Length; i++)
        {
            var property = properties[i];
            var isOmittable = IsOmittable(property);
            if (isOmittable) code.Open($"if (field{i} is not null)");
            code.Line($"writer.WriteKey({ReadEmitter.Literal(property.Key)}u8);");
            var type = isOmittable ? property.Type with { IsNullable = false } : property.Type;
            EmitValue(code, type, isOmittable && property.Type.IsValueType ? $"field{i}.Value" : $"field{i}", depth: 0);
            if (isOmittable) code.Close();
        }
    }

    // A required member must be in the map even when it is nil, since its reader insists on the key; so must one that would
    // otherwise come back as its initial value.
    private static bool IsOmittable(WireProperty property) => property is { Type.IsNullable: true, IsRequired: false, HasInitialValue: false };

    private static void EmitValue(CodeWriter code, WireType type, string value, int depth)
    {
        if (type.IsNullable)
        {
            code.Open($"if ({value} is null)");
            code.Line("writer.WriteNil();");
            code.Close();
            code.Open("else");
            EmitValue(code, type with { IsNullable = false }, type.IsValueType ? value + ".Value" : value, depth);
            code.Close();
            return;
        }

        switch (type.Kind)
        {
            case WireKind.List or WireKind.Array:
                var size = type.Kind == WireKind.Array ? "Length" : "Count";
                code.Line($"writer.WriteArrayHeader({value}.{size});");
                code.Open($"for (var i{depth} = 0; i{depth} < {value}.{size}; i{depth}++)");
                code.Line($"var item{depth} = {value}[i{depth}];");
                EmitValue(code, type.Element!, $"item{depth}", depth + 1);
                code.Close();
                break;
            case WireKind.Dictionary:
                code.Line($"writer.WriteMapHeader({value}.Count);");
                code.Open($"foreach (var pair{depth} in {value})");
                code.Line($"writer.Write(pair{depth}.Key);");
                code.Line($"var item{depth} = pair{depth}.Value;");
                EmitValue(code, type.Element!, $"item{depth}", depth + 1);
                code.Close();
                break;
            default:
                code.Line(Scalar(type, value));
                break;
        }
    }

    private static string Scalar(WireType type, string value) => type.Kind switch
    {
        WireKind.Binary or WireKind.BinaryArray => $"writer.WriteBinary({value});",
        WireKind.Enumeration => $"writer.WriteKey({EnumEmitter.NameMethod(type)}({value}));",
        WireKind.Message => $"writer.WriteMessage({value});",
        WireKind.Int32 or WireKind.UInt32 or WireKind.Byte => $"writer.Write((long){value});",
        _ => $"writer.Write({value});",
    };
}
