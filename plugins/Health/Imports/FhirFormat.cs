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
        var resources = JsonFields.Text(root, "resourceType") switch
        {
            "Bundle" => JsonFields.Items(root, "entry").Select(static entry => JsonFields.Child(entry, "resource") ?? default),
            "Observation" => [root],
            var other => throw Invalid($"its resourceType is '{other}'; it takes a Bundle or an Observation"),
        };
        foreach (var resource in resources)
        {
            var samples = JsonFields.Text(resource, "resourceType") == "Observation" ? Samples(resource).ToList() : [];
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
        if (JsonFields.Text(observation, "status") is "entered-in-error" or "cancelled") yield break;
        var when = JsonFields.Text(observation, "effectiveDateTime") ?? JsonFields.Text(observation, "effectiveInstant");
        var source = JsonFields.Child(observation, "device") is { } device ? JsonFields.Text(device, "display") ?? JsonFields.Text(device, "reference") : null;
        foreach (var part in JsonFields.Items(observation, "component").Prepend(observation))
        {
            if (TypeOf(part) is not { } type || JsonFields.Child(part, "valueQuantity") is not { } quantity) continue;
            var (time, offset) = ImportTime.Parse(when ?? "") ?? throw Invalid($"a {type} has the time '{when}'; it needs one with an offset");
            if (!JsonFields.TryGet(quantity, "value", out var value) || JsonFields.Number(value) is not { } number) throw Invalid($"a {type} has no value");
            yield return new HealthSample { Type = type, Value = number, Unit = JsonFields.Text(quantity, "code") ?? JsonFields.Text(quantity, "unit") ?? "", Time = time, UtcOffsetMinutes = offset, Source = source };
        }
    }

    private static string? TypeOf(JsonElement part) => JsonFields.Child(part, "code") is { } code
        ? JsonFields.Items(code, "coding").Where(static coding => JsonFields.Text(coding, "system") == "http://loinc.org").Select(static coding => Types.GetValueOrDefault(JsonFields.Text(coding, "code") ?? "")).FirstOrDefault(static type => type is not null)
        : null;

    private static EdgeHostException Invalid(string problem) => new(ErrorCode.InvalidArgument, $"The FHIR resource cannot be read: {problem}.");
}
