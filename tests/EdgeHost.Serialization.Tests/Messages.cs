namespace EdgeHost.Serialization.Tests;

public enum Colour
{
    Red = 0,
    DarkBlue = 1,
}

/// <summary>Every kind of member.</summary>
[WireMessage]
public sealed partial class Everything
{
    /// <summary>A "flag" with a back\slash.</summary>
    public required bool Flag { get; init; }

    public int Count { get; init; } = 7;

    public long Big { get; init; }

    public uint Unsigned { get; init; }

    public byte Octet { get; init; }

    public float Single { get; init; }

    public double Double { get; init; }

    public required string Text { get; init; }

    public ReadOnlyMemory<byte> Blob { get; init; }

    public byte[] Octets { get; init; } = [];

    public Colour Colour { get; init; } = Colour.DarkBlue;

    public Inner Inner { get; init; } = new(0);

    public int? MaybeCount { get; init; }

    public double? MaybeDouble { get; init; }

    public bool? MaybeFlag { get; init; }

    public string? MaybeText { get; init; } = "initial";

    public ReadOnlyMemory<byte>? MaybeBlob { get; init; }

    public Colour? MaybeColour { get; init; }

    public Inner? MaybeInner { get; init; }

    public Place? MaybePlace { get; init; }

    public IReadOnlyList<float> Floats { get; init; } = [];

    public double[] Doubles { get; init; } = [];

    public IReadOnlyList<string?> Texts { get; init; } = [];

    public IReadOnlyList<Colour> Colours { get; init; } = [];

    public IReadOnlyList<IReadOnlyList<int>> Matrix { get; init; } = [];

    public IReadOnlyList<Inner>? Inners { get; init; }

    public Place[] Places { get; init; } = [];

    public IReadOnlyList<ReadOnlyMemory<byte>> Blobs { get; init; } = [];

    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    public IReadOnlyDictionary<string, int?>? Numbers { get; init; }
}

[WireMessage]
public sealed partial record Inner(int Value, string? Note = null, int Size = 3);

[WireMessage]
public partial record struct Place(double X, double Y);

[WireMessage]
public partial struct Span2
{
    public Span2()
    {
    }

    public int Start { get; init; } = 5;

    public int End { get; set; } = 9;
}

[WireMessage]
public sealed partial class Limited
{
    [WireField(Minimum = 1, Maximum = 10, Description = "From one to ten.")]
    public int Whole { get; init; } = 1;

    [WireField(Minimum = 0)]
    public double Positive { get; init; }

    [WireField(Name = "nickname", MaxLength = 3)]
    public string Name { get; init; } = "";

    [WireField(MaxLength = 2)]
    public IReadOnlyList<int> Few { get; init; } = [];

    [WireField(MaxLength = 4)]
    public ReadOnlyMemory<byte> Small { get; init; }

    [WireField(MaxLength = 1)]
    public IReadOnlyDictionary<string, int> Map { get; init; } = new Dictionary<string, int>();
}

/// <summary>A tree.</summary>
[WireMessage]
public sealed partial class Tree
{
    public IReadOnlyList<Tree> Children { get; init; } = [];
}

[WireMessage]
public partial class BaseMessage
{
    public required int Id { get; init; }
}

[WireMessage]
public sealed partial class DerivedMessage : BaseMessage
{
    public string Extra { get; init; } = "none";
}

[WireMessage]
public sealed partial class RequiredNullable
{
    public required string? Value { get; init; }
}

[WireMessage]
public sealed partial class Empty;

[WireMessage]
public sealed partial class WithConstructor
{
    public WithConstructor() => Made = 1;

    public int Made { get; set; }

    public int @class { get; init; } = 4;
}

public static partial class Outer
{
    [WireMessage]
    public sealed partial class Nested
    {
        public required int HTTPPort { get; init; }
    }
}
