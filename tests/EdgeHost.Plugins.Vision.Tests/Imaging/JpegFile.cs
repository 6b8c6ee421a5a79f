namespace EdgeHost.Plugins.Vision.Tests.Imaging;

/// <summary>JPEG files that no encoder at hand writes.</summary>
internal static class JpegFile
{
    /// <summary>Puts an EXIF segment with an orientation behind the start marker.</summary>
    public static byte[] WithOrientation(byte[] jpeg, byte orientation)
    {
        byte[] tiff = [(byte)'M', (byte)'M', 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0];
        byte[] body = [.. "Exif\0\0"u8, .. tiff];
        var length = body.Length + 2;
        return [0xFF, 0xD8, 0xFF, 0xE1, (byte)(length >> 8), (byte)length, .. body, .. jpeg.AsSpan(2)];
    }

    /// <summary>8 x 8 pixels of four inks (Adobe's inverted form: 255 is no ink), each 0 or 255.</summary>
    public static byte[] SolidCmyk(params bool[] freeOfInk)
    {
        var bits = string.Concat(freeOfInk.Select(static free => free
            ? "00" + Convert.ToString(1016, 2).PadLeft(10, '0') + "0"
            : "01" + Convert.ToString(1023, 2).PadLeft(11, '0') + "0"));
        bits = bits.PadRight((bits.Length + 7) / 8 * 8, '1');
        var scan = new List<byte>();
        for (var i = 0; i < bits.Length; i += 8)
        {
            var value = Convert.ToByte(bits.Substring(i, 8), 2);
            scan.Add(value);
            if (value == 0xFF) scan.Add(0);
        }

        byte[] counts(params byte[] first) => [.. first, .. new byte[16 - first.Length]];
        return
        [
            0xFF, 0xD8,
            0xFF, 0xEE, 0, 14, .. "Adobe"u8, 0, 100, 0, 0, 0, 0, 0,
            0xFF, 0xDB, 0, 67, 0, .. Enumerable.Repeat((byte)1, 64),
            0xFF, 0xC0, 0, 20, 8, 0, 8, 0, 8, 4, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0, 4, 0x11, 0,
            0xFF, 0xC4, 0, 21, 0x00, .. counts(0, 2), 10, 11,
            0xFF, 0xC4, 0, 20, 0x10, .. counts(1), 0,
            0xFF, 0xDA, 0, 14, 4, 1, 0, 2, 0, 3, 0, 4, 0, 0, 63, 0,
            .. scan,
            0xFF, 0xD9,
        ];
    }
}
