using System.Globalization;

namespace EdgeHost.Serialization.Generator;

/// <summary>Writes the code that reads a map into properties.</summary>
internal static class ReadEmitter
{
    private const int BitsPerWord = 64;
    private const string Generic = "global::System.Collections.Generic.";

    /// <summary>Emits statements; <paramref name="assign"/> makes the one that stores a property's value.</summary>
    public static void Emit(CodeWriter code, WireMessageModel message, Func<WireProperty, string, string> assign)
    {
        var properties = message.Properties.Select(static (property, index) => (property, index)).ToArray();
        for (var word = 0; word * BitsPerWord < properties.Length; word++)
        {
            code.Line($"ulong seen{word} = 0;");
        }

        code.Line("var pairs = reader.EnterMap();");
        code.Open("for (; pairs > 0; pairs--)");
        code.Line("var key = reader.ReadKey();");
        if (properties.Length > 0)
        {
            code.Open("switch (key.Length)");
            foreach (var length in properties.GroupBy(static p => System.Text.Encoding.UTF8.GetByteCount(p.property.Key)).OrderBy(static g => g.Key))
            {
                code.Open($"case {length.Key}:");
                foreach (var (property, index) in length)
                {
                    EmitProperty(code, property, index, assign);
                }

                code.Line("break;");
                code.Close();
            }

            code.Close();
        }

        code.Line("reader.Skip();");
        code.Close();
        code.Line("reader.Leave();");
        foreach (var (property, index) in properties.Where(static p => p.property.IsRequired))
        {
            code.Line($"if ((seen{index / BitsPerWord} & {Bit(index)}) == 0) throw reader.Missing({Literal(property.Key)});");
        }
    }

    public static string Literal(string text) => Microsoft.CodeAnalysis.CSharp.SymbolDisplay.FormatLiteral(text, quote: true);

    private static void EmitProperty(CodeWriter code, WireProperty property, int index, Func<WireProperty, string, string> assign)
    {
        code.Open($"if (global::System.MemoryExtensions.SequenceEqual(key, {Literal(property.Key)}u8))");
        code.Line($"reader.PushField({Literal(property.Key)});");
        code.Line($"if ((seen{index / BitsPerWord} & {Bit(index)}) != 0) throw reader.Duplicate();");
        code.Line($"seen{index / BitsPerWord} |= {Bit(index)};");
        EmitValue(code, property.Type, property, depth: 0, value => assign(property, value));
        code.Line("reader.PopField();");
        code.Line("continue;");
        code.Close();
        code.Line();
    }

    private static string Bit(int index) => $"0x{(1UL << (index % BitsPerWord)).ToString("X", CultureInfo.InvariantCulture)}UL";

    private static void EmitValue(CodeWriter code, WireType type, WireProperty property, int depth, Func<string, string> assign)
    {
        if (type.IsNullable)
        {
            code.Open("if (reader.TryReadNil())");
            code.Line(assign("null"));
            code.Close();
            code.Open("else");
            EmitPresent(code, type, property, depth, assign);
            code.Close();
            return;
        }

        EmitPresent(code, type, property, depth, assign);
    }

    private static void EmitPresent(CodeWriter code, WireType type, WireProperty property, int depth, Func<string, string> assign)
    {
        var length = property.MaxLength == int.MaxValue || depth > 0 ? string.Empty : property.MaxLength.ToString(CultureInfo.InvariantCulture);
        switch (type.Kind)
        {
            case WireKind.List or WireKind.Array:
                EmitList(code, type, property, depth, length, assign);
                break;
            case WireKind.Dictionary:
                EmitDictionary(code, type, property, depth, length, assign);
                break;
            default:
                code.Line(assign(Scalar(type, property, length)));
                break;
        }
    }

    private static string Scalar(WireType type, WireProperty property, string length) => type.Kind switch
    {
        WireKind.Boolean => "reader.ReadBoolean()",
        WireKind.Int32 => $"reader.ReadInt32({Integers(property, int.MinValue, int.MaxValue)})",
        WireKind.Int64 => $"reader.ReadInt64({Integers(property, long.MinValue, long.MaxValue)})",
        WireKind.UInt32 => $"reader.ReadUInt32({Integers(property, uint.MinValue, uint.MaxValue)})",
        WireKind.Byte => $"reader.ReadByte({Integers(property, byte.MinValue, byte.MaxValue)})",
        WireKind.Single => $"reader.ReadSingle({Numbers(property)})",
        WireKind.Double => $"reader.ReadDouble({Numbers(property)})",
        WireKind.String => $"reader.ReadString({length})",
        WireKind.Binary => $"reader.ReadBinary({length})",
        WireKind.BinaryArray => $"reader.ReadBinary({length}).ToArray()",
        WireKind.Enumeration => $"{EnumEmitter.ReadMethod(type)}(ref reader)",
        _ => $"reader.ReadMessage<{type.Name}>()",
    };

    private static string Integers(WireProperty property, decimal lowest, decimal highest)
    {
        var minimum = Clamp(Math.Ceiling(property.Minimum), lowest, highest);
        var maximum = Clamp(Math.Floor(property.Maximum), lowest, highest);
        if (minimum == lowest && maximum == highest) return string.Empty;
        return minimum == long.MinValue
            ? $"long.MinValue, {maximum.ToString(CultureInfo.InvariantCulture)}"
            : $"{minimum.ToString(CultureInfo.InvariantCulture)}, {maximum.ToString(CultureInfo.InvariantCulture)}";
    }

    private static decimal Clamp(double value, decimal lowest, decimal highest)
        => value <= (double)lowest ? lowest : value >= (double)highest ? highest : (decimal)value;

    private static string Numbers(WireProperty property)
    {
        if (double.IsNegativeInfinity(property.Minimum) && double.IsPositiveInfinity(property.Maximum)) return string.Empty;
        return $"{Number(property.Minimum)}, {Number(property.Maximum)}";
    }

    private static string Number(double value)
        => double.IsNegativeInfinity(value) ? "double.NegativeInfinity"
            : double.IsPositiveInfinity(value) ? "double.PositiveInfinity"
            : value.ToString("R", CultureInfo.InvariantCulture) + "D";

    private static void EmitList(
        CodeWriter code, WireType type, WireProperty property, int depth, string length, Func<string, string> assign)
    {
        var element = type.Element!;
        code.Open();
        code.Line($"var count{depth} = reader.EnterArray({length});");
        // A count is at most the bytes that follow, so a small item may trust it; for large ones memory follows what was really read.
        var capacity = element.Kind <= WireKind.Double ? $"count{depth}" : $"global::System.Math.Min(count{depth}, 1024)";
        code.Line($"var list{depth} = new {Generic}List<{element.Display}>({capacity});");
        code.Open($"for (; count{depth} > 0; count{depth}--)");
        EmitValue(code, element, property, depth + 1, value => $"list{depth}.Add({value});");
        code.Close();
        code.Line("reader.Leave();");
        code.Line(assign(type.Kind == WireKind.Array ? $"list{depth}.ToArray()" : $"list{depth}"));
        code.Close();
    }

    private static void EmitDictionary(
        CodeWriter code, WireType type, WireProperty property, int depth, string length, Func<string, string> assign)
    {
        var element = type.Element!;
        code.Open();
        code.Line($"var count{depth} = reader.EnterMap({length});");
        code.Line($"var map{depth} = new {Generic}Dictionary<string, {element.Display}>(global::System.Math.Min(count{depth}, 1024), global::System.StringComparer.Ordinal);");
        code.Open($"for (; count{depth} > 0; count{depth}--)");
        code.Line($"var name{depth} = reader.ReadName();");
        code.Line($"reader.PushField(name{depth});");
        code.Line($"if (map{depth}.ContainsKey(name{depth})) throw reader.Duplicate();");
        EmitValue(code, element, property, depth + 1, value => $"map{depth}.Add(name{depth}, {value});");
        code.Line("reader.PopField();");
        code.Close();
        code.Line("reader.Leave();");
        code.Line(assign($"map{depth}"));
        code.Close();
    }
}
