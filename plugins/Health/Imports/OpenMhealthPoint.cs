using System.Text.Json;
using EdgeHost.Capabilities.Health;

namespace EdgeHost.Plugins.Health.Imports;

/// <summary>One data point of Open mHealth: a header that names its schema, and a body.</summary>
internal static class OpenMhealthPoint
{
    private static readonly Dictionary<string, (string Field, string Type)[]> Schemas = new(StringComparer.Ordinal)
    {
        ["heart-rate"] = [("heart_rate", "heart_rate")],
        ["resting-heart-rate"] = [("resting_heart_rate", "resting_heart_rate")],
        ["rr-interval"] = [("rr_interval", "rr_interval")],
        ["blood-pressure"] = [("systolic_blood_pressure", "systolic"), ("diastolic_blood_pressure", "diastolic")],
        ["blood-glucose"] = [("blood_glucose", "glucose")],
        ["oxygen-saturation"] = [("oxygen_saturation", "spo2")],
        ["respiratory-rate"] = [("respiratory_rate", "respiratory_rate")],
        ["body-temperature"] = [("body_temperature", "temperature")],
        ["body-weight"] = [("body_weight", "weight")],
        ["step-count"] = [("step_count", "steps")],
        ["sleep-duration"] = [("sleep_duration", "sleep")],
        ["total-sleep-time"] = [("total_sleep_time", "sleep")],
    };

    // Units of the schemas that are no UCUM.
    private static readonly Dictionary<string, string> Units = new(StringComparer.Ordinal)
    {
        ["beats/min"] = "/min",
        ["breaths/min"] = "/min",
        ["C"] = "Cel",
        ["F"] = "[degF]",
        ["sec"] = "s",
        ["steps"] = "1",
    };

    /// <summary>The readings of a data point; none where it is of a schema that is not kept, is a statistic, or has only a part of a day for a time.</summary>
    /// <param name="point">The data point.</param>
    /// <param name="number">Its place in the file, for messages.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: it is no data point, or lacks its value or time.</exception>
    public static List<HealthSample> Read(JsonElement point, int number)
    {
        var header = JsonFields.Child(point, "header") ?? throw Invalid(number, "has no 'header'");
        var body = JsonFields.Child(point, "body") ?? throw Invalid(number, "has no 'body'");
        var schema = JsonFields.Child(header, "schema_id") is { } id ? JsonFields.Text(id, "name") : null;
        if (schema is null) throw Invalid(number, "has no 'header.schema_id.name'");

        // A mean or a maximum over a day is no reading of an instant.
        if (!Schemas.TryGetValue(schema, out var fields) || JsonFields.Text(body, "descriptive_statistic") is not null) return [];
        if (OpenMhealthTime.Of(body, number) is not { } at) return [];
        var source = JsonFields.Child(header, "acquisition_provenance") is { } provenance ? JsonFields.Text(provenance, "source_name") : null;
        var samples = new List<HealthSample>();
        foreach (var (field, type) in fields)
        {
            var (value, unit) = Value(body, field, number);
            samples.Add(new HealthSample { Type = type, Value = value, Unit = Units.GetValueOrDefault(unit, unit), Time = at.Time, UtcOffsetMinutes = at.OffsetMinutes, Source = source });
        }

        return samples;
    }

    internal static EdgeHostException Invalid(int number, string problem) => new(ErrorCode.InvalidArgument, $"Data point {number} of the Open mHealth file {problem}.");

    /// <summary>A number with its unit.</summary>
    internal static (double Value, string Unit) Value(JsonElement element, string field, int number)
    {
        if (JsonFields.TryGet(element, field, out var quantity))
        {
            // The first versions of step-count have a bare number.
            if (JsonFields.Number(quantity) is { } bare) return (bare, "1");
            if (JsonFields.TryGet(quantity, "value", out var value) && JsonFields.Number(value) is { } known && JsonFields.Text(quantity, "unit") is { } unit) return (known, unit);
        }

        throw Invalid(number, $"has no '{field}' with 'value' and 'unit'");
    }
}
