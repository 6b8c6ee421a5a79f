using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using EdgeHost.Learning.Examples;

namespace EdgeHost.Learning.Preprocessing;

/// <summary>How examples become vectors: steps in order, and a seed. The same specification makes the same vector of the same content, always and everywhere.</summary>
public sealed partial record PreprocessingSpec
{
    /// <summary>The most steps.</summary>
    public const int MaxSteps = 16;

    private const int MaxPiece = 16;
    private const int MaxSize = 1 << 24;
    private const int MaxSide = 4096;

    /// <summary>The steps, 1 to 16; the last gives a vector. None for features, which are vectors already.</summary>
    public required IReadOnlyList<PreprocessingStep> Steps { get; init; }

    /// <summary>Chooses how pieces of text are hashed; by default 0.</summary>
    public long Seed { get; init; }

    /// <summary>The specification as JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, SpecJson.Default.PreprocessingSpec);

    /// <summary>Reads a specification.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: it is none; says where.</exception>
    public static PreprocessingSpec FromJson(string json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, SpecJson.Default.PreprocessingSpec) ?? throw Wrong("It is null.");
        }
        catch (JsonException e)
        {
            throw Wrong(e.Message);
        }
    }

    /// <summary>What caches know it by: the SHA-256 of its JSON.</summary>
    public byte[] Hash() => SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(this, SpecJson.Default.PreprocessingSpec));

    /// <summary>Checks that the steps fit one another and what they begin with.</summary>
    /// <param name="kind">What the examples are.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: a step does not fit, or a parameter is out of range; says which and what is allowed.</exception>
    public void Check(ExampleKind kind)
    {
        if (Steps is null || Steps.Count > MaxSteps) throw Wrong($"At most {MaxSteps} steps are taken.");
        var form = kind switch
        {
            ExampleKind.Text => SampleForm.Text,
            ExampleKind.Image => SampleForm.Picture,
            ExampleKind.Features => SampleForm.Vector,
            ExampleKind.Audio => SampleForm.Sound,
            _ => throw Wrong("Interactions are not preprocessed."),
        };
        for (var i = 0; i < Steps.Count; i++) form = Check(i, Steps[i], form);
        if (form != SampleForm.Vector) throw Wrong($"The steps end with a {form.ToString().ToLowerInvariant()}; the last must give a vector.");
    }

    private static SampleForm Check(int index, PreprocessingStep step, SampleForm form)
    {
        var (from, to) = step.Kind switch
        {
            PreprocessingStepKind.NormaliseText => (SampleForm.Text, SampleForm.Text),
            PreprocessingStepKind.HashCharacters or PreprocessingStepKind.HashWords => (SampleForm.Text, SampleForm.Vector),
            PreprocessingStepKind.Resize or PreprocessingStepKind.Grey => (SampleForm.Picture, SampleForm.Picture),
            PreprocessingStepKind.Pixels => (SampleForm.Picture, SampleForm.Vector),
            PreprocessingStepKind.Standardise or PreprocessingStepKind.UnitLength => (SampleForm.Vector, SampleForm.Vector),
            PreprocessingStepKind.Featurise => (form, SampleForm.Vector),
            _ => throw Wrong($"Step {index} is of an unknown kind."),
        };
        if (from != form) throw Wrong($"Step {index} ({step.Kind}) takes a {from.ToString().ToLowerInvariant()}, but gets a {form.ToString().ToLowerInvariant()}.");
        var problem = step switch
        {
            { Kind: PreprocessingStepKind.HashCharacters or PreprocessingStepKind.HashWords } when step.Minimum is < 1 or > MaxPiece || step.Maximum < step.Minimum || step.Maximum > MaxPiece
                => $"pieces of {step.Minimum} to {step.Maximum}; allowed are 1 to {MaxPiece}",
            { Kind: PreprocessingStepKind.HashCharacters or PreprocessingStepKind.HashWords, Size: < 2 or > MaxSize } => $"a size of {step.Size}; allowed are 2 to {MaxSize}",
            { Kind: PreprocessingStepKind.Resize } when step.Width is < 1 or > MaxSide || step.Height is < 1 or > MaxSide
                => $"{step.Width} × {step.Height} pixels; allowed are 1 to {MaxSide} each",
            { Kind: PreprocessingStepKind.Standardise } when !float.IsFinite(step.Mean) || !(step.Deviation > 0) || !float.IsFinite(step.Deviation)
                => $"mean {step.Mean} and deviation {step.Deviation}; both must be finite, and the deviation more than 0",
            { Kind: PreprocessingStepKind.Featurise, Model: null or "" } => "no model; name one as id@version",
            { Kind: PreprocessingStepKind.Featurise, Model: { } model } when model.IndexOf('@', StringComparison.Ordinal) is var at && (at < 1 || at == model.Length - 1)
                => $"the model '{model}' without a version; name it as id@version, so that another version is another specification",
            _ => null,
        };
        if (problem is not null) throw Wrong($"Step {index} ({step.Kind}) has {problem}.");
        return to;
    }

    private static EdgeHostException Wrong(string problem) => new(ErrorCode.InvalidArgument, $"The preprocessing is wrong: {problem}");

    [JsonSerializable(typeof(PreprocessingSpec))]
    [JsonSourceGenerationOptions(
        PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, UseStringEnumConverter = true, RespectRequiredConstructorParameters = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
    private sealed partial class SpecJson : JsonSerializerContext;
}
