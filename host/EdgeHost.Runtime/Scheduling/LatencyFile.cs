using System.Text.Json.Serialization;

namespace EdgeHost.Runtime.Scheduling;

/// <summary>What <see cref="LatencyModel"/> keeps on disk.</summary>
/// <param name="Machine">The machine and host that the figures are of.</param>
/// <param name="Entries">The figures, the longest unused first.</param>
internal sealed record LatencyFile(string Machine, IReadOnlyList<LatencyRecord> Entries);

/// <summary>One figure.</summary>
/// <param name="Model"><c>id@version</c>.</param>
/// <param name="Device">The device's id.</param>
/// <param name="Bucket">The shape bucket, or null for the typical step.</param>
/// <param name="LogMilliseconds">Mean of the logarithm of milliseconds.</param>
/// <param name="LogVariance">Its variance.</param>
internal sealed record LatencyRecord(string Model, string Device, long? Bucket, double LogMilliseconds, double LogVariance);

[JsonSerializable(typeof(LatencyFile))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
internal sealed partial class LatencyJson : JsonSerializerContext;
