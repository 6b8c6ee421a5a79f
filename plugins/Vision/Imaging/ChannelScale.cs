namespace EdgeHost.Plugins.Vision.Imaging;

/// <summary>How a channel's 0..255 becomes a tensor's float: <c>value * Factor + Offset</c>.</summary>
internal readonly record struct ChannelScale(float Factor, float Offset)
{
    /// <summary>Maps 0..255 to -1..1.</summary>
    public static ChannelScale Symmetric { get; } = new(1f / 127.5f, -1f);

    /// <summary>Maps to (value / 255 - mean) / deviation.</summary>
    public static ChannelScale Standardized(float mean, float deviation) => new(1f / (255f * deviation), -mean / deviation);
}
