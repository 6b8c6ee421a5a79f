namespace EdgeHost.Plugins.Speech.Audio.Flac;

/// <summary>The checksums of FLAC frames (RFC 9639, 9.1.8 and 9.3): CRC-8 with polynomial 0x07, CRC-16 with 0x8005, both from zero.</summary>
internal static class Checksums
{
    private static readonly byte[] Table8 = MakeTable8();
    private static readonly ushort[] Table16 = MakeTable16();

    public static byte Of8(ReadOnlySpan<byte> bytes)
    {
        byte sum = 0;
        foreach (var value in bytes) sum = Table8[sum ^ value];
        return sum;
    }

    public static ushort Of16(ReadOnlySpan<byte> bytes)
    {
        ushort sum = 0;
        foreach (var value in bytes) sum = (ushort)((sum << 8) ^ Table16[(sum >> 8) ^ value]);
        return sum;
    }

    private static byte[] MakeTable8()
    {
        var table = new byte[256];
        for (var i = 0; i < table.Length; i++)
        {
            var value = i;
            for (var bit = 0; bit < 8; bit++) value = (value << 1) ^ ((value & 0x80) != 0 ? 0x07 : 0);
            table[i] = (byte)value;
        }

        return table;
    }

    private static ushort[] MakeTable16()
    {
        var table = new ushort[256];
        for (var i = 0; i < table.Length; i++)
        {
            var value = i << 8;
            for (var bit = 0; bit < 8; bit++) value = (value << 1) ^ ((value & 0x8000) != 0 ? 0x8005 : 0);
            table[i] = (ushort)value;
        }

        return table;
    }
}
