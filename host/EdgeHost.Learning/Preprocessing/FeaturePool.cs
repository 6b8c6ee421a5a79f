using System.Text.Json.Serialization;

namespace EdgeHost.Learning.Preprocessing;

/// <summary>What becomes of a model's output that has more than one dimension besides the batch.</summary>
public enum FeaturePool
{
    /// <summary>All values in their order.</summary>
    [JsonStringEnumMemberName("none")]
    None = 0,

    /// <summary>The mean over all dimensions but the last: of [tokens, width], or [height, width, channels].</summary>
    [JsonStringEnumMemberName("leading")]
    Leading = 1,

    /// <summary>The mean over all dimensions but the first: of [channels, height, width].</summary>
    [JsonStringEnumMemberName("trailing")]
    Trailing = 2,
}
