using CsCheck;

namespace EdgeHost.Serialization.Tests;

/// <summary>Messages with members drawn at random.</summary>
internal static class RandomMessages
{
    private static readonly Gen<string> Text = Gen.Char.AlphaNumeric.Array[0, 40].Select(static chars => new string(chars) + "ü🎈");
    private static readonly Gen<double> Number = Gen.Double[-1e12, 1e12];

    public static Gen<Inner> Inner { get; } =
        Gen.Select(Gen.Int, Text, Gen.Int, Gen.Bool, static (value, note, size, hasNote) => new Inner(value, hasNote ? note : null, size));

    public static Gen<Everything> Everything { get; } =
        from whole in Gen.Select(Gen.Int, Gen.Long, Gen.UInt, Gen.Byte)
        from real in Gen.Select(Gen.Float[-1e9f, 1e9f], Number, Number.Array[0, 20])
        from text in Gen.Select(Text, Text, Text.Array[0, 5])
        from blob in Gen.Byte.Array[0, 300]
        from inner in Gen.Select(Inner, Inner.Array[0, 4])
        from present in Gen.Select(Gen.Bool, Gen.Bool, Gen.Bool, Gen.Bool)
        from names in Gen.Dictionary(Text, Text)[0, 6]
        select new Everything
        {
            Flag = present.Item1,
            Count = whole.Item1,
            Big = whole.Item2,
            Unsigned = whole.Item3,
            Octet = whole.Item4,
            Single = real.Item1,
            Double = real.Item2,
            Doubles = real.Item3,
            Text = text.Item1,
            MaybeText = present.Item2 ? text.Item2 : null,
            Texts = [.. text.Item3, null],
            Blob = blob,
            MaybeBlob = present.Item3 ? blob : null,
            Blobs = [blob, blob],
            Octets = blob,
            Colour = present.Item4 ? Colour.Red : Colour.DarkBlue,
            MaybeColour = present.Item1 ? Colour.Red : null,
            MaybeCount = present.Item2 ? whole.Item1 : null,
            MaybeDouble = present.Item3 ? real.Item2 : null,
            MaybePlace = present.Item4 ? new Place(real.Item2, 1) : null,
            Inner = inner.Item1,
            MaybeInner = present.Item1 ? inner.Item1 : null,
            Inners = present.Item2 ? inner.Item2 : null,
            Floats = [real.Item1, 0],
            Matrix = [[whole.Item1], []],
            Places = [new Place(real.Item2, real.Item2)],
            Tags = names,
            Numbers = new Dictionary<string, int?> { [text.Item1] = whole.Item1 },
        };

    public static Everything Sample() => Everything.Single();
}
