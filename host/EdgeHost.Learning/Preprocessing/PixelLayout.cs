using System.Text.Json.Serialization;

namespace EdgeHost.Learning.Preprocessing;

/// <summary>In which order the bytes of a picture become values.</summary>
public enum PixelLayout
{
    /// <summary>Row by row, the channels of a pixel together: [height, width, channels].</summary>
    [JsonStringEnumMemberName("rows")]
    Rows = 0,

    /// <summary>Channel by channel, as convolutions take it: [channels, height, width].</summary>
    [JsonStringEnumMemberName("planes")]
    Planes = 1,
}
