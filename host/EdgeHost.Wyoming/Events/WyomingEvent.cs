using System.Text.Json;
using System.Text.Json.Nodes;

namespace EdgeHost.Wyoming.Events;

/// <summary>An event of the protocol. Immutable.</summary>
/// <param name="Type">What it is, for example <c>audio-chunk</c>.</param>
/// <param name="Data">What it says; may be empty.</param>
/// <param name="Payload">Bytes, for example samples; may be empty.</param>
internal sealed record WyomingEvent(string Type, JsonObject Data, ReadOnlyMemory<byte> Payload = default)
{
    /// <summary>Makes an event without data.</summary>
    public static WyomingEvent Of(string type) => new(type, []);

    /// <summary>A text of the data, or null: there is none.</summary>
    public string? Text(string name) => Data[name] is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;

    /// <summary>A number of the data, or null: there is none.</summary>
    public long? Number(string name) => Data[name] is JsonValue value && value.GetValueKind() == JsonValueKind.Number && value.TryGetValue<long>(out var number) ? number : null;

    /// <summary>A number that has to be there.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="minimum">The least.</param>
    /// <param name="maximum">The most.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: it is not there, or out of range.</exception>
    public int Required(string name, int minimum, int maximum)
        => Number(name) is { } number && number >= minimum && number <= maximum
            ? (int)number
            : throw new EdgeHostException(ErrorCode.InvalidArgument, $"The event '{Type}' needs '{name}' from {minimum} to {maximum}; it has {Data[name]?.ToJsonString() ?? "none"}.");
}
