using EdgeHost.Serialization;

namespace EdgeHost.Client.Extensions.AI.Chat;

/// <summary>What <c>language.generate</c> takes.</summary>
[WireMessage]
internal sealed partial class GenerateRequest
{
    public required IReadOnlyList<GenerateMessage> Messages { get; init; }

    public int? MaxTokens { get; init; }

    public double? Temperature { get; init; }

    public string? Grammar { get; init; }

    public string? Model { get; init; }

    public int? TopK { get; init; }

    public double? TopP { get; init; }

    public double? MinP { get; init; }

    public double? RepetitionPenalty { get; init; }

    public double? PresencePenalty { get; init; }

    public double? FrequencyPenalty { get; init; }

    public long? Seed { get; init; }

    public IReadOnlyList<string>? Stop { get; init; }

    public string? ResponseSchema { get; init; }

    public string? Session { get; init; }
}
