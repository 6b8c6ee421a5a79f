using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using EdgeHost.Conformance.Tests.Peers;

namespace EdgeHost.Conformance.Tests.Notation;

/// <summary>Compares values with what a case expects, and keeps the names that a case gives to values.</summary>
internal sealed class Pattern
{
    private readonly Dictionary<string, JsonNode?> _names = new(StringComparer.Ordinal);

    /// <summary>Gives a value a name.</summary>
    public void Bind(string name, JsonNode? value) => _names[name] = value?.DeepClone();

    /// <summary>The value of a name.</summary>
    public JsonNode? Get(string name)
        => _names.TryGetValue(name, out var value) ? value?.DeepClone() : throw new FormatException($"The case uses '{name}' before it names it.");

    /// <summary>A value to send, with its names put in.</summary>
    public JsonNode? Fill(JsonNode? value) => value switch
    {
        JsonObject { Count: 1 } special when special["$ref"] is { } name => Get(name.GetValue<string>()),
        JsonObject { Count: 1 } special when special["$place"] is JsonArray place => PackedPlace.Write(Get(place[0]!.GetValue<string>())!, place[1]!, place[2]!),
        JsonObject map => new JsonObject(map.Select(field => KeyValuePair.Create(field.Key, Fill(field.Value)))),
        JsonArray array => new JsonArray([.. array.Select(Fill)]),
        _ => value?.DeepClone(),
    };

    /// <summary>What differs, or null if the value is as expected. Maps may have more keys than expected, and numbers are compared by value.</summary>
    public string? Differs(JsonNode? expected, JsonNode? actual, string path = "$")
    {
        if (expected is JsonObject { Count: 1 } special && special.First().Key.StartsWith('$') && MatchSpecial(special, actual, path, out var difference)) return difference;
        switch (expected)
        {
            case JsonObject map:
                if (actual is not JsonObject actualMap) return Tell(path, expected, actual);
                foreach (var (key, field) in map)
                {
                    if (field is JsonObject { Count: 1 } absent && absent.ContainsKey("$absent"))
                    {
                        if (actualMap[key] is not null) return $"{path}.{key} should be absent and is {Show(actualMap[key])}";
                        continue;
                    }

                    if (!actualMap.TryGetPropertyValue(key, out var actualField) && field is not null) return $"{path}.{key} is missing in {Show(actual)}";
                    if (Differs(field, actualField, $"{path}.{key}") is { } inside) return inside;
                }

                return null;
            case JsonArray array:
                if (actual is not JsonArray actualArray || actualArray.Count != array.Count) return Tell(path, expected, actual);
                for (var i = 0; i < array.Count; i++)
                {
                    if (Differs(array[i], actualArray[i], $"{path}[{i}]") is { } inside) return inside;
                }

                return null;
            case null:
                return actual is null ? null : Tell(path, expected, actual);
            default:
                return AreEqual(expected.AsValue(), actual) ? null : Tell(path, expected, actual);
        }
    }

    private bool MatchSpecial(JsonObject special, JsonNode? actual, string path, out string? difference)
    {
        var (form, value) = special.First();
        difference = null;
        switch (form)
        {
            case "$any":
                return true;
            case "$as":
                Bind(value!.GetValue<string>(), actual);
                return true;
            case "$ref":
                difference = Differs(Get(value!.GetValue<string>()), actual, path);
                return true;
            case "$one_of":
                if (value!.AsArray().All(option => Differs(option, actual, path) is not null)) difference = Tell(path, special, actual);
                return true;
            case "$contains":
                if (actual is not JsonValue text || text.GetValueKind() != JsonValueKind.String || !text.GetValue<string>().Contains(value!.GetValue<string>(), StringComparison.Ordinal)) difference = Tell(path, special, actual);
                return true;
            case "$has":
                if (actual is not JsonArray all || all.All(one => Differs(value, one, path) is not null)) difference = Tell(path, special, actual);
                return true;
            case "$type":
                if (TypeOf(actual) != value!.GetValue<string>()) difference = Tell(path, special, actual);
                return true;
            case "$at_least":
                if (ToNumber(actual) is not { } number || number < ToNumber(value)) difference = Tell(path, special, actual);
                return true;
            case "$int" or "$float":
                if (ToNumber(special) is not { } wanted || ToNumber(actual) != wanted) difference = Tell(path, special, actual);
                return true;
            case "$bin" or "$bin_repeat" or "$str_repeat":
                if (!PackJson.Encode(special).AsSpan().SequenceEqual(PackJson.Encode(actual))) difference = Tell(path, special, actual);
                return true;
            default:
                return false;
        }
    }

    private static bool AreEqual(JsonValue expected, JsonNode? actual)
    {
        if (expected.GetValueKind() == JsonValueKind.Number) return ToNumber(expected) is { } number && ToNumber(actual) == number;
        return actual is JsonValue value && value.GetValueKind() == expected.GetValueKind() && value.ToJsonString() == expected.ToJsonString();
    }

    private static decimal? ToNumber(JsonNode? value) => value switch
    {
        JsonObject { Count: 1 } special when special["$float"] is { } number => ToNumber(number),
        JsonObject { Count: 1 } special when special["$int"] is { } number => decimal.Parse(number.GetValue<string>(), CultureInfo.InvariantCulture),
        JsonValue number when number.GetValueKind() == JsonValueKind.Number => decimal.Parse(number.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture),
        _ => null,
    };

    private static string TypeOf(JsonNode? value) => value switch
    {
        null => "nil",
        JsonArray => "array",
        JsonObject { Count: 1 } special when special.First().Key is "$bin" or "$bin_repeat" => "bin",
        JsonObject { Count: 1 } special when special.First().Key is "$float" => "float",
        JsonObject { Count: 1 } special when special.First().Key is "$ext" => "ext",
        JsonObject => "map",
        _ => value.GetValueKind() switch
        {
            JsonValueKind.String => "str",
            JsonValueKind.Number => "int",
            _ => "bool",
        },
    };

    private static string Tell(string path, JsonNode? expected, JsonNode? actual) => $"{path} should be {Show(expected)} and is {Show(actual)}";

    private static string Show(JsonNode? value)
    {
        const int most = 600;
        var text = value?.ToJsonString() ?? "null";
        return text.Length <= most ? text : $"{text[..most]}…";
    }
}
