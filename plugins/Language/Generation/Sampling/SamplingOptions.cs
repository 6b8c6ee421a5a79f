using EdgeHost.Capabilities.Language;

namespace EdgeHost.Plugins.Language.Generation.Sampling;

/// <summary>How the next token is chosen. Immutable.</summary>
internal sealed record SamplingOptions
{
    /// <summary>0: always the likeliest.</summary>
    public double Temperature { get; init; }

    /// <summary>0: all.</summary>
    public int TopK { get; init; }

    /// <summary>1: all.</summary>
    public double TopP { get; init; } = 1;

    /// <summary>0: all.</summary>
    public double MinP { get; init; }

    /// <summary>1: none.</summary>
    public double RepetitionPenalty { get; init; } = 1;

    /// <summary>0: none.</summary>
    public double PresencePenalty { get; init; }

    /// <summary>0: none.</summary>
    public double FrequencyPenalty { get; init; }

    /// <summary>Repeats chance.</summary>
    public long Seed { get; init; }

    /// <summary>Reads a request.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: a number is none or out of its range.</exception>
    public static SamplingOptions Of(GenerateRequest request)
    {
        var isChanced = request.TopK is > 0 || request.TopP is < 1 || request.MinP is > 0;
        return new SamplingOptions
        {
            Temperature = Checked("temperature", request.Temperature ?? (isChanced ? 1 : 0), 0, 10),
            TopK = request.TopK ?? 0,
            TopP = request.TopP is 0 ? throw new EdgeHostException(ErrorCode.InvalidArgument, "top_p must be above 0; leave it out for all tokens.") : Checked("top_p", request.TopP ?? 1, 0, 1),
            MinP = Checked("min_p", request.MinP ?? 0, 0, 1),
            RepetitionPenalty = request.RepetitionPenalty is 0 ? throw new EdgeHostException(ErrorCode.InvalidArgument, "repetition_penalty must be above 0; 1 has no effect.") : Checked("repetition_penalty", request.RepetitionPenalty ?? 1, 0, 10),
            PresencePenalty = Checked("presence_penalty", request.PresencePenalty ?? 0, -2, 2),
            FrequencyPenalty = Checked("frequency_penalty", request.FrequencyPenalty ?? 0, -2, 2),
#pragma warning disable CA5394 // Chance, not a secret.
            Seed = request.Seed ?? Random.Shared.NextInt64(),
#pragma warning restore CA5394
        };
    }

    private static double Checked(string name, double value, double least, double most)
        => value >= least && value <= most ? value : throw new EdgeHostException(ErrorCode.InvalidArgument, $"{name} must be from {least} to {most}, not {value}.");
}
