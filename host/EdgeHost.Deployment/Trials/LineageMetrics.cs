using System.Text.Json;

namespace EdgeHost.Deployment.Trials;

/// <summary>Reads the two numbers of a lineage that a gate knows: <c>metrics.accuracy</c> and <c>metrics.parent_accuracy</c>.</summary>
internal static class LineageMetrics
{
    public static (double? Accuracy, double? Parent) Read(string lineage)
    {
        using var document = JsonDocument.Parse(lineage);
        return document.RootElement.ValueKind == JsonValueKind.Object
            && document.RootElement.TryGetProperty("metrics", out var metrics) && metrics.ValueKind == JsonValueKind.Object
            ? (Share(metrics, "accuracy"), Share(metrics, "parent_accuracy"))
            : (null, null);
    }

    private static double? Share(JsonElement metrics, string name)
        => metrics.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && number is >= 0 and <= 1
            ? number
            : null;
}
