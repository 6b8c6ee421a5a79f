using System.Buffers.Binary;

namespace EdgeHost.Wfdb;

/// <summary>What formats have in common.</summary>
internal static class WfdbFormats
{
    /// <summary>Bytes of a whole group of samples: of one, but of format 212 two in three bytes.</summary>
    public static int GroupBytes(this WfdbFormat format) => format switch
    {
        WfdbFormat.Format80 => 1,
        WfdbFormat.Format24 or WfdbFormat.Format212 => 3,
        WfdbFormat.Format32 => 4,
        _ => 2,
    };

    /// <summary>The value that means "no sample".</summary>
    public static int Missing(this WfdbFormat format) => format switch
    {
        WfdbFormat.Format80 => -128,
        WfdbFormat.Format212 => -2048,
        WfdbFormat.Format24 => -8_388_608,
        WfdbFormat.Format32 => int.MinValue,
        _ => short.MinValue,
    };

    /// <summary>The sample of a group of one.</summary>
    public static int Read(this WfdbFormat format, ReadOnlySpan<byte> group) => format switch
    {
        WfdbFormat.Format80 => group[0] - 128,
        WfdbFormat.Format24 => group[0] | (group[1] << 8) | ((sbyte)group[2] << 16),
        WfdbFormat.Format32 => BinaryPrimitives.ReadInt32LittleEndian(group),
        WfdbFormat.Format61 => BinaryPrimitives.ReadInt16BigEndian(group),
        WfdbFormat.Format160 => BinaryPrimitives.ReadUInt16LittleEndian(group) - 32_768,
        _ => BinaryPrimitives.ReadInt16LittleEndian(group),
    };
}
