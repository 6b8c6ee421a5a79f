namespace EdgeHost.Plugins.Speech.Audio.Flac;

/// <summary>What a FLAC frame is (RFC 9639, 9.1).</summary>
/// <param name="BlockSize">Samples a channel, 1 to 65,536.</param>
/// <param name="Channels">1 to 8.</param>
/// <param name="Stereo">How the two channels are joined.</param>
/// <param name="Bits">Bits a sample, 4 to 32.</param>
internal readonly record struct FrameHeader(int BlockSize, int Channels, StereoMode Stereo, int Bits)
{
    private const uint Sync = 0x3FFE;
    private const int LongestCodedNumber = 6;

    /// <summary>Reads one.</summary>
    /// <param name="file">The file.</param>
    /// <param name="start">Where the frame begins.</param>
    /// <param name="streamBits">Bits a sample of the stream.</param>
    /// <param name="end">Where its subframes begin.</param>
    /// <returns>The header, or null: there is none, or it is damaged.</returns>
    public static FrameHeader? Read(ReadOnlySpan<byte> file, int start, int streamBits, out int end)
    {
        var bits = new BitReader(file, start);
        end = start;
        if (bits.Read(14) != Sync || bits.Read(1) != 0) return null;
        bits.Read(1);
        var (sizeCode, rateCode, channelCode, bitsCode) = (bits.Read(4), bits.Read(4), bits.Read(4), bits.Read(3));
        if (bits.Read(1) != 0 || sizeCode == 0 || rateCode == 15 || channelCode > 10 || bitsCode == 3) return null;

        // The frame's number is not needed, as frames are read in order: one byte, and as many more as it has leading ones less one.
        var ones = System.Numerics.BitOperations.LeadingZeroCount(~(bits.Read(8) << 24));
        if (ones == 1 || ones > LongestCodedNumber + 1) return null;
        for (var i = 1; i < ones; i++) bits.Read(8);
        var size = sizeCode switch
        {
            1 => 192,
            <= 5 => 144 << (int)sizeCode,
            6 => (int)bits.Read(8) + 1,
            7 => (int)bits.Read(16) + 1,
            _ => 1 << (int)sizeCode,
        };
        bits.Read(rateCode switch { 12 => 8, 13 or 14 => 16, _ => 0 });
        var checkedEnd = bits.Position;
        if (bits.Read(8) != Checksums.Of8(file[start..checkedEnd])) return null;
        end = bits.Position;
        return new FrameHeader(
            size,
            channelCode < 8 ? (int)channelCode + 1 : 2,
            channelCode switch { 8 => StereoMode.LeftSide, 9 => StereoMode.SideRight, 10 => StereoMode.MidSide, _ => StereoMode.Independent },
            bitsCode switch { 0 => streamBits, 1 => 8, 2 => 12, 4 => 16, 5 => 20, 6 => 24, _ => 32 });
    }
}
