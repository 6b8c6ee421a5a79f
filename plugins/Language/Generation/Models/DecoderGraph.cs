using System.Globalization;
using EdgeHost.PluginSdk;

namespace EdgeHost.Plugins.Language.Generation.Models;

/// <summary>
/// What the graph of a decoder takes and gives, in the layout of the Hugging Face and ONNX communities: <c>input_ids</c> [rows, n], <c>attention_mask</c>
/// [rows, past + n], <c>position_ids</c> [rows, n], <c>past_key_values.{layer}.{key|value}</c> [rows, heads, past, width] in; <c>logits</c> and <c>present.…</c> out. Immutable.
/// </summary>
internal sealed class DecoderGraph
{
    /// <summary>The property of a manifest that says where rows of unlike lengths are filled up: <c>left</c>, or <c>right</c> for those of ONNX Runtime's GroupQueryAttention.</summary>
    public const string PaddingProperty = "cache_padding";

    private const string Past = "past_key_values.";
    private const string Present = "present.";

    private DecoderGraph(TensorDescription[] pasts, string[] presents) => (Pasts, Presents) = (pasts, presents);

    /// <summary>The caches that it takes.</summary>
    public IReadOnlyList<TensorDescription> Pasts { get; }

    /// <summary>The caches that it gives, in the same order.</summary>
    public IReadOnlyList<string> Presents { get; }

    /// <summary>The element type of the caches.</summary>
    public ElementType CacheType => Pasts[0].ElementType;

    /// <summary>Heads of a cache.</summary>
    public required int Heads { get; init; }

    /// <summary>Numbers of a head.</summary>
    public required int Width { get; init; }

    /// <summary>How many tokens it tells apart.</summary>
    public required int Vocabulary { get; init; }

    /// <summary>Type of <c>input_ids</c>.</summary>
    public required ElementType TokenType { get; init; }

    /// <summary>Type of <c>attention_mask</c>; null where there is none.</summary>
    public ElementType? MaskType { get; init; }

    /// <summary>Type of <c>position_ids</c>; null where there is none.</summary>
    public ElementType? PositionType { get; init; }

    /// <summary>Whether it has both branches in one graph and is told which (<c>use_cache_branch</c>).</summary>
    public bool HasBranches { get; init; }

    /// <summary>The shape of <c>num_logits_to_keep</c>; null where it does not ask.</summary>
    public TensorShape? LogitsToKeep { get; init; }

    /// <summary>Whether rows are filled up behind what is known; null: nobody says, and rows are not joined.</summary>
    public bool? PadsRight { get; init; }

    /// <summary>Bytes of the caches of one token.</summary>
    public long BytesPerToken => (long)Pasts.Count * Heads * Width * CacheType.SizeInBytes();

    /// <summary>Looks at a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="config">What its files say.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.FailedPrecondition"/>: it is no such decoder, and what is missing.</exception>
    public static DecoderGraph Of(ModelDescription model, DecoderConfig config)
    {
        var inputs = model.Inputs.ToDictionary(static input => input.Name, StringComparer.Ordinal);
        var tokens = inputs.GetValueOrDefault("input_ids") ?? throw Bad(model, "it has no input 'input_ids'");
        TensorDescription[] pasts = [.. model.Inputs.Where(static input => input.Name.StartsWith(Past, StringComparison.Ordinal))];
        if (pasts.Length == 0) throw Bad(model, $"it has no caches ('{Past}0.key'); export it with past");
        if (pasts.FirstOrDefault(past => past.Shape.Rank != 4 || past.ElementType != pasts[0].ElementType || past.ElementType is not (ElementType.Float32 or ElementType.Float16)) is { } odd)
        {
            throw Bad(model, $"its cache '{odd.Name}' is {odd.ElementType} {odd.Shape}; known are float32 and float16 of [rows, heads, tokens, width], all alike");
        }

        string[] presents = [.. pasts.Select(static past => string.Concat(Present, past.Name.AsSpan(Past.Length)))];
        foreach (var name in (string[])["logits", .. presents])
        {
            if (model.Outputs.All(output => output.Name != name)) throw Bad(model, $"it has no output '{name}'");
        }

        var logits = model.Outputs.First(static output => output.Name == "logits");
        if (logits.ElementType is not (ElementType.Float32 or ElementType.Float16)) throw Bad(model, $"its logits are {logits.ElementType}");
        var vocabulary = logits.Shape.Rank == 3 && logits.Shape[2] > 0 ? (int)logits.Shape[2] : config.Vocabulary ?? throw Bad(model, "neither its graph nor config.json ('vocab_size') says how many tokens it tells apart");
        return new DecoderGraph(pasts, presents)
        {
            Heads = Known(model, pasts[0].Shape[1], config.CacheHeads, "num_key_value_heads"),
            Width = Known(model, pasts[0].Shape[3], config.HeadWidth, "head_dim"),
            Vocabulary = vocabulary,
            TokenType = Whole(model, tokens),
            MaskType = inputs.TryGetValue("attention_mask", out var mask) ? Whole(model, mask) : null,
            PositionType = inputs.TryGetValue("position_ids", out var positions) ? Whole(model, positions) : null,
            HasBranches = inputs.ContainsKey("use_cache_branch"),
            LogitsToKeep = inputs.GetValueOrDefault("num_logits_to_keep")?.Shape,
            PadsRight = model.Properties.GetValueOrDefault(PaddingProperty) switch
            {
                "left" => mask is null ? null : false,
                "right" => mask is null ? null : true,
                null => null,
                var other => throw Bad(model, $"the property '{PaddingProperty}' of its manifest is '{other}'; it is left or right"),
            },
        };
    }

    private static int Known(ModelDescription model, long graph, int? config, string key)
        => graph > 0 ? (int)graph : config ?? throw Bad(model, string.Create(CultureInfo.InvariantCulture, $"neither its graph nor config.json says '{key}'"));

    private static ElementType Whole(ModelDescription model, TensorDescription input)
        => input.ElementType is ElementType.Int64 or ElementType.Int32 ? input.ElementType : throw Bad(model, $"its input '{input.Name}' is {input.ElementType}, not int64 or int32");

    private static EdgeHostException Bad(ModelDescription model, string why)
        => new(ErrorCode.FailedPrecondition, $"The model {model.Id}@{model.Version} cannot generate text: {why}.");
}
