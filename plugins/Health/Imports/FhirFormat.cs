using System.Text.Json;
using EdgeHost.Capabilities.Health;

namespace EdgeHost.Plugins.Health.Imports;

/// <summary>FHIR R4: a Bundle of Observations, or one Observation, with LOINC codes and UCUM quantities.</summary>
internal sealed class FhirFormat : IImportFormat
{
    private const int MostDepth = 64;

    private static readonly Dictionary<string, string> Types = new(StringComparer.Ordinal)
    {
        ["8867-4"] = "heart_rate",
        ["40443-4"] = "resting_heart_rate",
        ["80404-7"] = "hrv_sdnn",
        ["8480-6"] = "systolic",
        ["8462-4"] = "diastolic",
        ["2339-0"] = "glucose",
        ["15074-8"] = "glucose",
        ["59408-5"] = "spo2",
        ["2708-6"] = "spo2",
        ["9279-1"] = "respiratory_rate",
        ["8310-5"] = "temperature",
        ["29463-7"] = "weight",
        ["55423-8"] = "steps",
    };

    public IEnumerable<HealthSample> Read(Stream data, Action skipped)
    {
        using var json = Parse(data);
        var root = json.RootElement;
        var resources = Text(root, "resourceType") switch
        {
            "Bundle" => Items(root, "entry").Select(static entry => entry.TryGetProperty("resource", out var resource) ? resource : default),
            "Observation" => [root],
            var other => throw Invalid($"its resourceType is '{other}'; it takes a Bundle or an Observation"),
        };
        foreach (var resource in resources)
        {
            var samples = Text(resource, "resourceType") == "Observation" ? Samples(resource).ToList() : [];
            if (samples.Count == 0) skipped();
            foreach (var sample in samples) yield return sample;
        }
    }

    private static JsonDocument Parse(Stream data)
    {
        try
        {
            return JsonDocument.Parse(data, new JsonDocumentOptions { MaxDepth = MostDepth });
        }
        catch (JsonException e)
        {
            throw new EdgeHostException(ErrorCode.InvalidArgument, $"The FHIR resource is no JSON of at most {MostDepth} levels, or truncated (line {e.LineNumber + 1}).", e);
        }
    }

    private static IEnumerable<HealthSample> Samples(JsonElement observation)
    {
        if (Text(observation, "status") is "entered-in-error" or "cancelled") yield break;
        var when = Text(observation, "effectiveDateTime") ?? Text(observation, "effectiveInstant");
        var source = observation.TryGetProperty("device", out var device) && device.ValueKind == JsonValueKind.Object ? Text(device, "display") ?? Text(device, "reference") : null;
        foreach (var part in Items(observation, "component").Prepend(observation))
        {
            if (TypeOf(part) is not { } type || !part.TryGetProperty("valueQuantity", out var quantity) || quantity.ValueKind != JsonValueKind.Object) continue;
            var (time, offset) = ImportTime.Parse(when ?? "") ?? throw Invalid($"a {type} has the time '{when}'; it needs one with an offset");
            if (!quantity.TryGetProperty("value", out var value) || value.ValueKind != JsonValueKind.Number || !value.TryGetDouble(out var number)) throw Invalid($"a {type} has no value");
            yield return new HealthSample { Type = type, Value = number, Unit = Text(quantity, "code") ?? Text(quantity, "unit") ?? "", Time = time, UtcOffsetMinutes = offset, Source = source };
        }
    }

    private static string? TypeOf(JsonElement part) => part.TryGetProperty("code", out var code) && code.ValueKind == JsonValueKind.Object
        ? Items(code, "coding").Where(static coding => Text(coding, "system") == "http://loinc.org").Select(static coding => Types.GetValueOrDefault(Text(coding, "code") ?? "")).FirstOrDefault(static type => type is not null)
        : null;

    private static IEnumerable<JsonElement> Items(JsonElement element, string name)
        => element.TryGetProperty(name, out var items) && items.ValueKind == JsonValueKind.Array ? items.EnumerateArray().Where(static item => item.ValueKind == JsonValueKind.Object) : [];

    private static string? Text(JsonElement element, string name)
        => element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;

    private static EdgeHostException Invalid(string problem) => new(ErrorCode.InvalidArgument, $"The FHIR resource cannot be read: {problem}.");
}
